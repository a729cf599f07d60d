namespace CnnViz.Reading.Saliency;

/// <summary>What a method's values mean, which decides how they are shown and ranked.</summary>
internal enum SaliencyKind
{
    /// <summary>How strongly the score reacts to a pixel: magnitudes count.</summary>
    Sensitivity,

    /// <summary>What a pixel adds to the score: signs count.</summary>
    Attribution,

    /// <summary>Where a layer sees the class: positive values count.</summary>
    ClassActivation,
}
