using System.ComponentModel;

namespace CnnViz.Synthesis.Dreaming;

/// <summary>What a dream can be told.</summary>
public sealed record DreamOptions : SynthesisOptions
{
    /// <summary>The settings that all others start from.</summary>
    [Description("The settings that all others start from.")]
    public DreamPreset Preset { get; init; }

    /// <summary>The layers whose activity grows, wildcards allowed; empty for one that suits the network.</summary>
    [Description("The layers whose activity grows, wildcards allowed; left out, one that suits the network.")]
    public IReadOnlyList<string> Layer { get; init => field = value.ToArray(); } = [];

    /// <summary>The weight of each layer; empty where all count alike.</summary>
    [Description("The weight of each layer; left out, all count alike.")]
    public IReadOnlyList<double> LayerWeight { get; init => field = value.ToArray(); } = [];

    /// <summary>The channels of the layers that grow, from 0; empty for all.</summary>
    [Description("The channels of the layers that grow, from 0; left out, all of them.")]
    public IReadOnlyList<int> Channel { get; init => field = value.ToArray(); } = [];

    /// <summary>A picture whose features the dream is to take on; null to let grow what is there.</summary>
    public CnnImage? Guide { get; init; }

    /// <summary>The largest random shift before each step, in pixels.</summary>
    [Description("The largest random shift before each step, in pixels; left out, the preset's.")]
    public int? Jitter { get; init; }

    /// <summary>A size is left once the objective is above this.</summary>
    [Description("A size is left once the objective is above this; left out, the preset's.")]
    public double? ScoreLimit { get; init; }

    /// <summary>The frames of a journey into the picture: each is the one before, enlarged and dreamed on.</summary>
    [Description("The frames of a journey into the picture: each is the one before, enlarged and dreamed on.")]
    public int Zoom { get; init; } = 1;

    /// <summary>The enlargement from one frame to the next.</summary>
    [Description("The enlargement from one frame of the journey to the next.")]
    public double ZoomFactor { get; init; } = 1.05;

    /// <summary>The turn from one frame to the next, in degrees, counter-clockwise.</summary>
    [Description("The turn from one frame of the journey to the next, in degrees.")]
    public double ZoomAngle { get; init; }
}
