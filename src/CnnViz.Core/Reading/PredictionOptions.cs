using System.ComponentModel;

namespace CnnViz.Reading;

/// <summary>The settings of a prediction.</summary>
public sealed record PredictionOptions
{
    /// <summary>How many classes to name, the most probable first.</summary>
    [Description("How many classes to name, the most probable first.")]
    public int Top { get; init; } = 5;

    /// <summary>Whether pictures are resized and cropped.</summary>
    [Description("Auto, None (only normalised) or Standard (always resized and cropped).")]
    public PreprocessingMode Preprocessing { get; init; }
}
