namespace CnnViz.Training;

/// <summary>The two LeNet-5 networks.</summary>
public enum LeNetVariant
{
    /// <summary>With batch normalisation, max-pooling and dropout, as the Kraków thesis of 2019 builds it.</summary>
    Thesis,

    /// <summary>As published in 1998: trainable subsampling, partial connections, radial-basis output.</summary>
    LeCun1998,
}
