using System.Diagnostics.CodeAnalysis;

namespace CnnViz;

/// <summary>The numbers that a model's weights are and that it computes with. Pictures, logits and maps are float32 in any case.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "These are the field's names, in PyTorch too.")]
public enum Precision
{
    /// <summary>32 bits, 24 of them significant.</summary>
    Float32,

    /// <summary>16 bits, 8 of them significant: the range of float32 in half the memory.</summary>
    BFloat16,
}
