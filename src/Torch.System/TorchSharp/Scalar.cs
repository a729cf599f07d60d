using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number of any type as an operator's argument. Holds no native memory.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(ScalarType type, long integer, double real)
    {
        Type = type;
        Integer = integer;
        Real = real;
    }

    /// <summary>The type of the number.</summary>
    public ScalarType Type { get; }

    internal bool IsReal => Type is ScalarType.Float32 or ScalarType.Float64;

    internal long Integer { get; }

    internal double Real { get; }

    /// <summary>A 32-bit number.</summary>
    public static implicit operator Scalar(float value) => new(ScalarType.Float32, 0, value);

    /// <summary>A 64-bit number.</summary>
    public static implicit operator Scalar(double value) => new(ScalarType.Float64, 0, value);

    /// <summary>A 32-bit integer.</summary>
    public static implicit operator Scalar(int value) => new(ScalarType.Int32, value, 0);

    /// <summary>A 64-bit integer.</summary>
    public static implicit operator Scalar(long value) => new(ScalarType.Int64, value, 0);

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new(ScalarType.Bool, value ? 1 : 0, 0);

    /// <summary>Does nothing: there is nothing to free.</summary>
    public void Dispose()
    {
    }
}

/// <summary>Reads a <see cref="Scalar"/> back.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The value as a 64-bit number.</summary>
    public static double ToDouble(this Scalar value) => value.IsReal ? value.Real : value.Integer;

    /// <summary>The value as a 64-bit integer.</summary>
    public static long ToInt64(this Scalar value) => value.IsReal ? (long)value.Real : value.Integer;
}
