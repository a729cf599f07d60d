using Newtonsoft.Json;

namespace CnnViz;

/// <summary>One of the classes that a model sees in a picture.</summary>
public sealed record Prediction
{
    /// <summary>The picture as the network saw it.</summary>
    public required CnnImage Image { get; init; }

    /// <summary>1 for the most probable class.</summary>
    public required int Rank { get; init; }

    /// <summary>The index of the class.</summary>
    public required int Class { get; init; }

    /// <summary>The name of the class.</summary>
    public required string Label { get; init; }

    /// <summary>The WordNet id of the class, such as <c>n02268443</c>; null where the labels have none.</summary>
    public string? WordNetId { get; init; }

    /// <summary>The softmax probability, in [0,1].</summary>
    public required double Probability { get; init; }

    /// <summary>The value before softmax.</summary>
    public required double Logit { get; init; }

    /// <summary>The model that said it, for the next cmdlet in the pipeline; not shown, and dropped on serialisation.</summary>
    [JsonIgnore]
    public CnnModel? Model { get; init; }

    /// <summary>How it was made.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The path or address of the picture.</summary>
    public string? Source => Image.Source;

    /// <summary>In a few words.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Label} {100 * Probability:0.0} %");
}
