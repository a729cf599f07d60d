using CnnViz.Objectives;
using CnnViz.Reading.Saliency;
using CnnViz.Reading;
using Newtonsoft.Json;

namespace CnnViz;

/// <summary>What in a picture drives a score, as one method sees it.</summary>
public sealed record SaliencyMap
{
    /// <summary>The picture as the network saw it.</summary>
    public required CnnImage Image { get; init; }

    /// <summary>The method.</summary>
    public required SaliencyMethod Method { get; init; }

    /// <summary>The layer or layers that a class activation map was read at; null for methods without.</summary>
    public string? Layer { get; init; }

    /// <summary>Why this layer was taken; null where it was named, or where there is none.</summary>
    public string? LayerReason { get; init; }

    /// <summary>The class whose score was asked about; null where an objective was.</summary>
    public required int? Target { get; init; }

    /// <summary>The objective that was asked about; null where a class was.</summary>
    public Objective? Objective { get; init; }

    /// <summary>The name of that class, or the objective in words.</summary>
    public required string Label { get; init; }

    /// <summary>The logit of that class, or the value of the objective.</summary>
    public required double Score { get; init; }

    /// <summary>The softmax probability of that class, in [0,1]; null for an objective.</summary>
    public required double? Probability { get; init; }

    /// <summary>Path methods: the sum of the map minus the difference of the scores of picture and baseline, 0 for a perfect integral. Null for others.</summary>
    public double? Delta { get; init; }

    /// <summary>
    /// The raw signed values: <c>[C, H, W]</c> at the input's size, or <c>[1, h, w]</c> at the layer's for a class activation map (before its rectifier).
    /// </summary>
    public required CnnTensor Values { get; init; }

    /// <summary>What is doubtful about it: all zero, not finite, a gradient that is dead; each with what to try. Empty where nothing is.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value.ToArray(); } = [];

    /// <summary>The settings it was made with.</summary>
    public required SaliencyOptions Options { get; init; }

    /// <summary>The model, for the next cmdlet in the pipeline; not shown, and dropped on serialisation.</summary>
    [JsonIgnore]
    public CnnModel? Model { get; init; }

    /// <summary>How it was made.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The shape of <see cref="Values"/>.</summary>
    public int[] Shape => Values.Shape;

    /// <summary>The path or address of the picture.</summary>
    public string? Source => Image.Source;

    /// <summary>
    /// How much each pixel of the picture matters, <c>[H, W]</c> at its size: the largest magnitude of a pixel's channels for sensitivities (Gradient and
    /// what is made of it), their signed sum for attributions, the positive part, enlarged bilinearly, for class activation maps.
    /// </summary>
    public CnnTensor Importance() => SaliencyView.Importance(this);

    /// <summary>
    /// <see cref="Importance"/> from 0 to 1 over the picture, <c>[H, W]</c>, as pytorch-grad-cam scales its maps: each map from its smallest to its largest
    /// value, enlarged, and once more. A constant map is 0 everywhere.
    /// </summary>
    public CnnTensor Heatmap() => SaliencyView.Heatmap(this);
}
