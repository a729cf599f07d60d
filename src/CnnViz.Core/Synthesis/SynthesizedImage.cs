using Newtonsoft.Json;

namespace CnnViz;

/// <summary>A picture that was made by driving a network.</summary>
public sealed record SynthesizedImage
{
    /// <summary>The picture, values in [0,1]; the optimised input itself where that was asked for.</summary>
    public required CnnImage Image { get; init; }

    /// <summary>What it shows, such as a class, or a layer and a channel.</summary>
    public required string Title { get; init; }

    /// <summary>The class that was maximised; null where none was.</summary>
    public int? Class { get; init; }

    /// <summary>The probability of that class in the picture as it is after it was saved with 8 bits and read back, in [0,1].</summary>
    public double? Probability { get; init; }

    /// <summary>The layer that was driven; null for a class.</summary>
    public string? Layer { get; init; }

    /// <summary>The channel of that layer; null for all of them.</summary>
    public int? Channel { get; init; }

    /// <summary>The objective at each step.</summary>
    public IReadOnlyList<double> History { get; init => field = value.ToArray(); } = [];

    /// <summary>The weighted terms of the objective at each step, such as Content, Style and TotalVariation; empty where it has none with names.</summary>
    public IReadOnlyDictionary<string, double[]> Terms { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Pictures of how it came to be, small and in order, where they were kept; empty where not.</summary>
    public IReadOnlyList<CnnImage> Frames { get; init => field = value.ToArray(); } = [];

    /// <summary>Whether all steps were done.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>What the model says of the picture after it was saved with 8 bits and read back, the most probable first; empty for a model without classes.</summary>
    public IReadOnlyList<Prediction> Predictions { get; init => field = value.ToArray(); } = [];

    /// <summary>The model, for the next cmdlet in the pipeline; not shown, and dropped on serialisation.</summary>
    [JsonIgnore]
    public CnnModel? Model { get; init; }

    /// <summary>How it was made.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The path or address of the picture that it was made of; null where it was made of noise.</summary>
    public string? Source => Image.Source;

    /// <summary>Steps that were done.</summary>
    public int Steps => History.Count;

    /// <summary>The objective at the last step; not a number before the first.</summary>
    public double Score => History.Count == 0 ? double.NaN : History[^1];
}
