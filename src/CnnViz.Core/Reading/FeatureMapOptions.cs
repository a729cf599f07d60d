using System.ComponentModel;

namespace CnnViz.Reading;

/// <summary>Which activations are wanted.</summary>
public sealed record FeatureMapOptions
{
    /// <summary>The layers by their dotted names; wildcards allowed.</summary>
    [Description("The layers by their dotted names; * and ? stand for any characters.")]
    public IReadOnlyList<string> Layer { get; init; } = ["*"];

    /// <summary>The channels wanted; empty for all.</summary>
    [Description("The channels wanted; left out, all.")]
    public IReadOnlyList<int> Channel { get; init; } = [];

    /// <summary>Only this many channels, those of the largest mean activation, the largest first; null for all.</summary>
    [Description("Only so many channels, those of the largest mean activation.")]
    public int? Top { get; init; }

    /// <summary>Whether pictures are resized and cropped.</summary>
    [Description("Auto, None (only normalised) or Standard (always resized and cropped).")]
    public PreprocessingMode Preprocessing { get; init; }
}
