namespace CnnViz.Networks;

/// <summary>What an operation that is recorded keeps for its way back: this is what the activations of a pass cost in memory.</summary>
/// <param name="Input">Its inputs.</param>
/// <param name="Output">Its output.</param>
/// <param name="ExtraBytes">Besides, so many bytes for each value of its output.</param>
public readonly record struct SavedTensors(bool Input, bool Output, int ExtraBytes = 0);
