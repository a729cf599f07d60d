using System.Collections.ObjectModel;

namespace CnnViz;

/// <summary>
/// How a result was made, complete enough to make it again: written into a picture's metadata, and replayable.
/// </summary>
public sealed record Recipe
{
    /// <summary>In a few words: <c>Get-FeatureMap with lenet5-digits</c>.</summary>
    public override string ToString() => Model is null ? Operation : $"{Operation} with {Model}";

    /// <summary>The operation, named as its cmdlet: <c>Get-FeatureMap</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>What it was given, the main picture first.</summary>
    public IReadOnlyList<RecipeInput> Inputs { get; init => field = value?.ToArray() ?? []; } = [];

    /// <summary>The parameters that were used, defaults included, by name; values as text, those of a list with commas between.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init => field = value ?? None; } = None;

    /// <summary>The model's name; null where no model took part.</summary>
    public string? Model { get; init; }

    /// <summary>SHA-256 of the model's weights, lower-case hex; null where no model took part.</summary>
    public string? WeightsHash { get; init; }

    /// <summary>Where the model computed, such as <c>cuda:0</c>; null for the processor.</summary>
    public string? Device { get; init; }

    /// <summary>The numbers that it computed with, such as <c>BFloat16</c>; null for float32.</summary>
    public string? Precision { get; init; }

    /// <summary>The seed of every random choice; null where there was none.</summary>
    public long? Seed { get; init; }

    /// <summary>The threads that computed it: results of 1 and 2 threads differ by about 1e-6.</summary>
    public int? Threads { get; init; }

    /// <summary>The images computed together: results of batch 1 and 8 differ by about 1e-6.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The place of this picture among those computed together, from 0; null where it was alone, or where the pictures came out and not in.</summary>
    public int? BatchIndex { get; init; }

    /// <summary>Which of the results of its picture, or of the operation, this one is, from 0: several layers, methods or classes give several.</summary>
    public int ResultIndex { get; init; }

    /// <summary>How a file's picture was drawn of the result, as far as that was not left to itself; null where it was.</summary>
    public IReadOnlyDictionary<string, string>? Drawing { get; init; }

    /// <summary>Versions of CnnViz and libtorch, whether oneDNN computed, and the processor.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init => field = value ?? None; } = None;

    /// <summary>Nothing, also instead of the null that the reader of JSON gives for an entry that is missing.</summary>
    private static IReadOnlyDictionary<string, string> None => ReadOnlyDictionary<string, string>.Empty;
}
