using Newtonsoft.Json;

namespace CnnViz;

/// <summary>The activations of one layer for one picture.</summary>
public sealed record FeatureMap
{
    /// <summary>The picture as the network saw it.</summary>
    public required CnnImage Image { get; init; }

    /// <summary>The dotted name of the layer.</summary>
    public required string Layer { get; init; }

    /// <summary>The activations as the layer gives them, <c>[C, H, W]</c>; a layer without extent gives <c>[F, 1, 1]</c>.</summary>
    public required CnnTensor Values { get; init; }

    /// <summary>The channel that each map of <see cref="Values"/> is; all of them in order unless some were chosen.</summary>
    public required IReadOnlyList<int> Channels { get; init => field = value.ToArray(); }

    /// <summary>The shape of <see cref="Values"/>.</summary>
    public int[] Shape => Values.Shape;

    /// <summary>The smallest activation.</summary>
    public float Minimum => Values.Minimum;

    /// <summary>The largest activation.</summary>
    public float Maximum => Values.Maximum;

    /// <summary>The mean activation.</summary>
    public double Mean => Values.Data.Average();

    /// <summary>The part of activations that are 0: after a ReLU, those that it silenced.</summary>
    public double Sparsity => (double)Values.Data.Count(value => value == 0) / Values.Count;

    /// <summary>The model, for the next cmdlet in the pipeline; not shown, and dropped on serialisation.</summary>
    [JsonIgnore]
    public CnnModel? Model { get; init; }

    /// <summary>How it was made.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The path or address of the picture.</summary>
    public string? Source => Image.Source;

    /// <summary>One map by itself, <c>[H, W]</c>.</summary>
    /// <param name="position">Its position within <see cref="Values"/>.</param>
    public CnnTensor Map(int position)
    {
        var size = Shape[1] * Shape[2];
        return new CnnTensor(Values.Data.AsSpan(position * size, size).ToArray(), [Shape[1], Shape[2]], "HW");
    }
}
