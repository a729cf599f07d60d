using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>
/// One argument of an operator call. Implicit conversions let a call read like the operator's schema;
/// lists are copied to the stack when the call is made, so nothing is pinned.
/// </summary>
internal readonly struct Argument
{
    private Argument(ValueKind kind, long bits, object? reference = null, int count = 0)
    {
        Kind = kind;
        Bits = bits;
        Reference = reference;
        Count = count;
    }

    public ValueKind Kind { get; }

    public long Bits { get; }

    /// <summary>What must stay alive during the call: the tensor, list or generator itself.</summary>
    public object? Reference { get; }

    public int Count { get; }

    /// <summary>The argument is left out: None where it is optional, else its default.</summary>
    public static Argument None => default;

    public static implicit operator Argument(Tensor? tensor) => tensor is null ? None : new(ValueKind.Tensor, tensor.Handle, tensor);

    public static implicit operator Argument(Scalar? scalar) => scalar is null ? None : scalar.IsReal
        ? new(ValueKind.Double, BitConverter.DoubleToInt64Bits(scalar.Real))
        : new(scalar.Type == ScalarType.Bool ? ValueKind.Bool : ValueKind.Int, scalar.Integer);

    public static implicit operator Argument(long value) => new(ValueKind.Int, value);

    public static implicit operator Argument(long? value) => value is { } number ? number : None;

    public static implicit operator Argument(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(bool value) => new(ValueKind.Bool, value ? 1 : 0);

    public static implicit operator Argument(long[]? list) => list is null ? None : new(ValueKind.IntList, 0, list, list.Length);

    public static implicit operator Argument(Tensor?[] list) => new(ValueKind.TensorList, 0, list, list.Length);

    public static implicit operator Argument(string? text) =>
        text is null ? None : new(ValueKind.String, 0, System.Text.Encoding.UTF8.GetBytes(text));

    public static implicit operator Argument(ScalarType? type) => type is { } known ? new(ValueKind.Int, (long)known) : None;

    public static implicit operator Argument(Device? device) => device is null ? None : new(ValueKind.Device, (long)device.type, count: device.index);

    public static implicit operator Argument(Generator? generator) => generator is null ? None : new(ValueKind.Generator, generator.Handle, generator);

    /// <summary>The cells that a list needs beside the values themselves.</summary>
    public int Cells => Reference switch
    {
        long[] or Tensor?[] => Count,
        byte[] text => (text.Length + 7) / 8,
        _ => 0,
    };

    /// <summary>Writes the value; a list goes into <paramref name="cells"/> first.</summary>
    public unsafe Value Write(long* cells)
    {
        switch (Reference)
        {
            case long[] numbers:
                numbers.CopyTo(new Span<long>(cells, numbers.Length));
                return new Value { Kind = Kind, Count = Count, Bits = (long)cells };
            case Tensor?[] tensors:
                for (var i = 0; i < tensors.Length; i++)
                    cells[i] = tensors[i]?.Handle ?? 0;
                return new Value { Kind = Kind, Count = Count, Bits = (long)cells };
            case byte[] text:
                text.CopyTo(new Span<byte>(cells, text.Length));
                return new Value { Kind = Kind, Count = text.Length, Bits = (long)cells };
            default:
                return new Value { Kind = Kind, Count = Count, Bits = Bits };
        }
    }
}
