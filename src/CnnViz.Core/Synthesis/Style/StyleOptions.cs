using System.ComponentModel;
using CnnViz.Networks;

namespace CnnViz.Synthesis.Style;

/// <summary>What is wanted of a style transfer. What is left out is the preset's choice.</summary>
public sealed record StyleOptions : SynthesisOptions
{
    /// <summary>The forms of the losses, with their weights and their optimiser.</summary>
    [Description("The forms of the losses: Standard (parts of what is wanted, the same weights for every network), or those of a source.")]
    public StylePreset Preset { get; init; }

    /// <summary>The weight of the style, β.</summary>
    [Description("The weight of the style; left out, the preset's.")]
    public double? StyleWeight { get; init; }

    /// <summary>The weight of the content, α.</summary>
    [Description("The weight of the content; left out, the preset's.")]
    public double? ContentWeight { get; init; }

    /// <summary>The weight of the picture's roughness.</summary>
    [Description("The weight of the picture's roughness, which makes it smoother; left out, the preset's.")]
    public double? TotalVariationWeight { get; init; }

    /// <summary>The layers whose Gram matrices are the style, each with its λ; empty for those of the network's family.</summary>
    [Description("The layers of the style, each with its weight: features.1=1,features.6=0.5; left out, those of the network's family.")]
    public IReadOnlyList<LayerWeight> StyleLayer { get; init => field = value.ToArray(); } = [];

    /// <summary>The layers whose maps are the content; empty for that of the network's family.</summary>
    [Description("The layers of the content; left out, that of the network's family.")]
    public IReadOnlyList<string> ContentLayer { get; init => field = value.ToArray(); } = [];

    /// <summary>What each of several styles counts for; empty for all alike.</summary>
    [Description("What each of several styles counts for; left out, all alike.")]
    public IReadOnlyList<double> StyleBlend { get; init => field = value.ToArray(); } = [];

    /// <summary>The size of the style's pictures, as a part of the size that is worked at: larger strokes with larger ones.</summary>
    [Description("The size of the style's pictures, as a part of the picture's.")]
    public double StyleScale { get; init; } = 1;

    /// <summary>Where each style is to be, a picture a style, white where it counts and black where not; empty for everywhere.</summary>
    public IReadOnlyList<CnnImage> Mask { get; init => field = value.ToArray(); } = [];

    /// <summary>The result keeps the colours of the content: only its luminance is taken.</summary>
    [Description("Keep the colours of the content; only the luminance of the result is taken.")]
    public bool PreserveColor { get; init; }

    /// <summary>The longer sides that are worked at one after another; empty for one, or as octaves say.</summary>
    [Description("The longer sides that are worked at one after another, such as 256,512,1024.")]
    public IReadOnlyList<int> Scale { get; init => field = value.ToArray(); } = [];

    /// <summary>What it starts from; null for the preset's choice. A picture of one's own is <see cref="SynthesisOptions.InitialImage"/>.</summary>
    [Description("What it starts from: Content or Noise; left out, the preset's.")]
    public StyleStart? Initialization { get; init; }

    /// <summary>What the network's poolings take of their windows; null for the preset's choice.</summary>
    [Description("What the network's poolings take: Own, Max or Average; left out, the preset's.")]
    public PoolingKind? Pooling { get; init; }

    /// <summary>How much of its weight each earlier picture keeps in the mean that is given back, in [0, 1); 0 for the last picture, null for the preset's choice.</summary>
    [Description("How much of its weight each earlier picture keeps in the mean that is given back, from 0 for the last picture to below 1; left out, the preset's.")]
    public double? AverageDecay { get; init; }

    /// <summary>What the picture's caption says; null for the names of the pictures.</summary>
    public string? Title { get; init; }
}
