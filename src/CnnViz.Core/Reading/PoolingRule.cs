namespace CnnViz.Reading;

/// <summary>How DeepLIFT goes back through max-pooling.</summary>
public enum PoolingRule
{
    /// <summary>
    /// To the largest value of the picture's window, as the gradient does: the method's first implementation, and what captum gives where a rectifier stands right
    /// in front (its hooks see the gradient before it is changed). The values do not quite sum to the difference of scores then.
    /// </summary>
    Gradient,

    /// <summary>By differences from the baseline, to the largest values of the picture's and of the baseline's window: the values sum to the difference of scores.</summary>
    Rescale,
}
