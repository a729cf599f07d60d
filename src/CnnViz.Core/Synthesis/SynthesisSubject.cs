namespace CnnViz.Synthesis;

/// <summary>What one picture of a synthesis is about.</summary>
/// <param name="Title">In words for a caption.</param>
/// <param name="Class">The class that is maximised.</param>
/// <param name="Layer">The layer that is driven.</param>
/// <param name="Channel">The channel of that layer.</param>
/// <param name="Source">The path or address of the picture that it starts from.</param>
public sealed record SynthesisSubject(string Title, int? Class = null, string? Layer = null, int? Channel = null, string? Source = null);
