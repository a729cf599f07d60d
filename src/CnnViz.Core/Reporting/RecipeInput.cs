namespace CnnViz;

/// <summary>Something that an operation was given: a picture, a model or a dataset, so that it is found again and known again.</summary>
public sealed record RecipeInput
{
    /// <summary>What it was to the operation: <c>Image</c>, <c>Content</c>, <c>Style</c>, <c>Guide</c>, <c>Model</c>, <c>Dataset</c> …</summary>
    public required string Name { get; init; }

    /// <summary>The path, address or name under which it was found; null for a picture that was only in memory.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// SHA-256, lower-case hex: of a picture its float32 values as they were used (resized and cropped already, where a network's size was needed), of a model
    /// its weights, of a dataset its classes in order.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>The name of a picture's class, or its caption; null where unknown.</summary>
    public string? Label { get; init; }

    /// <summary>The index of a picture's class; null where unknown.</summary>
    public int? Class { get; init; }

    /// <summary>How it was made, where it was itself a result.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>What it was, and where it was found.</summary>
    public override string ToString() => $"{Name}: {Source ?? "from memory"}";
}
