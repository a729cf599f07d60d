using System.ComponentModel;
using CnnViz.Objectives;

namespace CnnViz.Reading;

/// <summary>What is wanted of a reading of saliency.</summary>
public sealed record SaliencyOptions
{
    /// <summary>The methods, each of which gives a map.</summary>
    [Description("The methods, each of which gives a map.")]
    public IReadOnlyList<SaliencyMethod> Method { get; init; } = [SaliencyMethod.Gradient];

    /// <summary>The classes, each of which gives a map: indices, labels, WordNet ids, or Top1 to TopN.</summary>
    [Description("The classes: indices, labels, WordNet ids, or Top1 to TopN.")]
    public IReadOnlyList<string> Target { get; init; } = ["Top1"];

    /// <summary>What is asked about instead of classes, each of which gives a map: a channel, a neuron, a direction, a weighted sum; empty for <see cref="Target"/>.</summary>
    public IReadOnlyList<Objective> Objective { get; init; } = [];

    /// <summary>Settings of a source; <see cref="SaliencyPreset.Thesis004"/> is for Grad-CAM.</summary>
    [Description("None, or Thesis004 for Grad-CAM as that thesis has it: without rectifier, heatmap x 0.4 + image.")]
    public SaliencyPreset Preset { get; init; }

    /// <summary>The layers of class activation maps, wildcards allowed; empty for the one that <see cref="Saliency.LayerChoice"/> takes. Maps of several are averaged.</summary>
    [Description("The layers of class activation maps; left out, the last one with extent. Maps of several are averaged.")]
    public IReadOnlyList<string> Layer { get; init; } = [];

    /// <summary>What is kept of the signs.</summary>
    [Description("Signed, Absolute or Positive values.")]
    public SaliencySign Sign { get; init; }

    /// <summary>How the channels become one.</summary>
    [Description("How channels become one: None, Maximum or Mean.")]
    public ChannelReduction Reduction { get; init; }

    /// <summary>What integrated gradients and DeepLIFT start from, and what occlusion covers with.</summary>
    [Description("The picture without content: Mean, Black, White or Blur.")]
    public BaselineKind Baseline { get; init; }

    /// <summary>A picture of one's own as the baseline, in [0,1] and of the network's size; null for <see cref="Baseline"/>.</summary>
    public CnnTensor? BaselineImage { get; init; }

    /// <summary>How DeepLIFT goes back through max-pooling.</summary>
    [Description("How DeepLIFT goes back through max-pooling: Gradient or Rescale.")]
    public PoolingRule PoolingRule { get; init; }

    /// <summary>The steps of integrated gradients (Gauss-Legendre nodes).</summary>
    [Description("The steps of integrated gradients.")]
    public int Step { get; init; } = 50;

    /// <summary>The noisy copies of SmoothGrad, its square and VarGrad.</summary>
    [Description("The noisy copies of SmoothGrad, SmoothGradSquared and VarGrad.")]
    public int SampleCount { get; init; } = 25;

    /// <summary>The deviation of their noise, as a part of the input's range, largest minus smallest (Smilkov et al. 2017).</summary>
    [Description("The deviation of the noise, as a part of the input's range.")]
    public double NoiseLevel { get; init; } = 0.15;

    /// <summary>The deviation of their noise in the normalised input's own units, as captum takes it; null for <see cref="NoiseLevel"/>.</summary>
    [Description("The deviation of the noise in the normalised input's units, instead of the noise level.")]
    public double? NoiseDeviation { get; init; }

    /// <summary>The gradient method that is read of each noisy copy.</summary>
    [Description("The gradient method that is read of each noisy copy.")]
    public SaliencyMethod BaseMethod { get; init; } = SaliencyMethod.Gradient;

    /// <summary>The side of occlusion's window in pixels; null for a seventh of the input's.</summary>
    [Description("The side of occlusion's window, in pixels; left out, a seventh of the input's.")]
    public int? Window { get; init; }

    /// <summary>Pixels from one window to the next; null for half a window.</summary>
    [Description("Pixels from one window of occlusion to the next; left out, half a window.")]
    public int? Stride { get; init; }

    /// <summary>The random masks of RISE.</summary>
    [Description("The random masks of RISE.")]
    public int MaskCount { get; init; } = 2000;

    /// <summary>Cells along a side of RISE's masks.</summary>
    [Description("Cells along a side of RISE's masks.")]
    public int MaskSize { get; init; } = 7;

    /// <summary>The probability that a cell of RISE's masks lets the picture through.</summary>
    [Description("The probability that a cell of RISE's masks lets the picture through.")]
    public double MaskProbability { get; init; } = 0.5;

    /// <summary>The pictures that go through the network together; null for as many as memory allows, at most 16.</summary>
    [Description("The pictures that go through the network together; left out, as memory allows.")]
    public int? BatchSize { get; init; }

    /// <summary>The seed of noise and masks, anew for each picture.</summary>
    [Description("The seed of noise and masks.")]
    public long Seed { get; init; }

    /// <summary>Whether pictures are resized and cropped.</summary>
    [Description("Auto, None (only normalised) or Standard (always resized and cropped).")]
    public PreprocessingMode Preprocessing { get; init; }
}
