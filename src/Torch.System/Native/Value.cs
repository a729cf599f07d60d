using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>What a <see cref="Value"/> holds; the same numbers as in operators.h.</summary>
internal enum ValueKind
{
    None,
    Tensor,
    Int,
    Double,
    Bool,
    IntList,
    DoubleList,
    TensorList,
    String,
    Device,
    Generator,
}

/// <summary>A value as it crosses the boundary; the same layout as in operators.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Value
{
    /// <summary>What it holds.</summary>
    public ValueKind Kind;

    /// <summary>List length, text bytes, or device index.</summary>
    public int Count;

    /// <summary>A number, the bits of a double, or an address.</summary>
    public long Bits;
}
