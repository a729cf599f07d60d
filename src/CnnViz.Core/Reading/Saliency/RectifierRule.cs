namespace CnnViz.Reading.Saliency;

/// <summary>What a rectifier lets pass on the way back.</summary>
internal enum RectifierRule
{
    /// <summary>The gradient where its input is positive: the derivative.</summary>
    Gradient,

    /// <summary>The positive gradient where its input is positive: guided backprop.</summary>
    Guided,

    /// <summary>The positive gradient everywhere: deconvnet.</summary>
    Deconvnet,
}
