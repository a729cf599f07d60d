using System.ComponentModel;

namespace CnnViz.Synthesis.Maximization;

/// <summary>What is to be maximised, and how: classes, or layers, channels and neurons. What is left out is the preset's choice.</summary>
public sealed record MaximizationOptions : SynthesisOptions
{
    /// <summary>The settings of a source.</summary>
    [Description("The settings of a source: None (the project's own), Thesis000, Lecture002, Thesis004 or Lucid.")]
    public MaximizationPreset Preset { get; init; }

    /// <summary>The classes, each of which gives a picture: indices, labels, WordNet ids, or <c>*</c> for all.</summary>
    [Description("The classes, each of which gives a picture: indices, labels, WordNet ids, or * for all.")]
    public IReadOnlyList<string> Class { get; init; } = [];

    /// <summary>The layers by their dotted names, wildcards allowed; without channels each as a whole.</summary>
    [Description("The layers by their dotted names, wildcards allowed; without channels each as a whole.")]
    public IReadOnlyList<string> Layer { get; init; } = [];

    /// <summary>The channels of the layers, each of which gives a picture: numbers from 0, ranges such as <c>0..15</c>, or <c>*</c> for all.</summary>
    [Description("The channels of the layers, each of which gives a picture: numbers from 0, ranges such as 0..15, or * for all.")]
    public IReadOnlyList<string> Channel { get; init; } = [];

    /// <summary>One value of the layers: its channel (then the middle one), or channel, row and column.</summary>
    [Description("One value of the layers: its channel (then the middle one), or channel,row,column.")]
    public IReadOnlyList<int> Neuron { get; init; } = [];

    /// <summary>What of a class is maximised.</summary>
    [Description("What of a class is maximised: Logit, Probability or Both; left out, the preset's.")]
    public ClassScore? Score { get; init; }

    /// <summary>What the values are that are optimised.</summary>
    [Description("What is optimised: Pixel, Fourier (a spectrum) or Input (the normalised input); left out, the preset's.")]
    public PictureSpace? Parameterization { get; init; }

    /// <summary>Whether a spectrum has colours that are not correlated, as lucid has it.</summary>
    [Description("Whether a spectrum has decorrelated colours; left out, it has.")]
    public bool? Decorrelate { get; init; }

    /// <summary>The largest shift at each step, in pixels; what leaves on one side comes in on the other.</summary>
    [Description("The largest random shift at each step, in pixels; left out, the preset's.")]
    public int? Jitter { get; init; }

    /// <summary>The largest random scaling, as a part: 0.1 for 0.9 to 1.1.</summary>
    [Description("The largest random scaling at each step: 0.1 for 0.9 to 1.1; left out, the preset's.")]
    public double? Scaling { get; init; }

    /// <summary>The largest random rotation, in degrees to either side.</summary>
    [Description("The largest random rotation at each step, in degrees; left out, the preset's.")]
    public double? Rotation { get; init; }

    /// <summary>What keeps the picture plain, as <see cref="Synthesis.Maximization.Regularization"/> reads it; replaces the preset's. <c>none</c> for nothing.</summary>
    [Description("What keeps the picture plain, such as 'l2 0.001', 'tv 0.0001', 'blur 0.5 every 4', 'laplacian 4' or none; left out, the preset's.")]
    public IReadOnlyList<string> Regularization { get; init; } = [];

    /// <summary>The momentum of SGD.</summary>
    [Description("The momentum of SGD; left out, the preset's.")]
    public double? Momentum { get; init; }

    /// <summary>The optimiser's pull of the values towards 0.</summary>
    [Description("The optimiser's pull of the values towards 0; left out, the preset's.")]
    public double? WeightDecay { get; init; }

    /// <summary>True to start from, and to give, the network's input as it stands, normalised.</summary>
    [Description("Give the network's input as it stands, without turning it into pixels; a start is taken as it stands, too.")]
    public bool Raw { get; init; }

    /// <summary>The pictures that are made together; null for as many as memory allows, at most 16.</summary>
    [Description("The pictures that are made together; left out, as memory allows.")]
    public int? BatchSize { get; init; }
}
