using System.Runtime.InteropServices;
using System.Text;
using CnnViz.Networks;
using static TorchSharp.torch;

namespace CnnViz.Tests.Networks;

/// <summary>
/// Parameters and images that are made from their names, so that another program can make the same and results can be compared without a weight file:
/// splitmix64 from the FNV-1a hash of "salt/name", as numbers in [−1, 1), scaled by what the parameter is.
/// </summary>
internal static class FormulaWeights
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    /// <summary>All parameters and buffers of a network, the caller's to dispose.</summary>
    public static Dictionary<string, Tensor> Of(Network network, string salt)
    {
        var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, spec) in network.Parameters)
        {
            var tensor = empty([.. spec.Shape.Select(extent => (long)extent)], spec.DataType);
            if (spec.DataType == ScalarType.Float32)
                Fill(tensor, name, salt);
            else
                tensor.fill_(0);
            weights[name] = tensor;
        }
        return weights;
    }

    /// <summary>An image of numbers in [−1, 1).</summary>
    public static Tensor Image(string name, long[] shape, string salt)
    {
        var image = empty(shape);
        Fill(Values(image), $"{salt}/{name}", 0, 1);
        return image;
    }

    private static void Fill(Tensor tensor, string name, string salt)
    {
        var shape = tensor.shape;
        var (offset, scale) = shape.Length >= 2 ? (0, 0.8 * Math.Sqrt(6.0 / (tensor.NumberOfElements / shape[0])))
            : name.EndsWith("running_var", StringComparison.Ordinal) ? (1, 0.5)
            : name.EndsWith("running_mean", StringComparison.Ordinal) ? (0, 0.1)
            : name.EndsWith("weight", StringComparison.Ordinal) ? (1, 0.1)
            : (0.0, 0.1);
        Fill(Values(tensor), $"{salt}/{name}", offset, scale);
    }

    private static void Fill(Span<float> values, string key, double offset, double scale)
    {
        var state = 0xCBF29CE484222325;
        foreach (var character in Encoding.UTF8.GetBytes(key))
            state = (state ^ character) * 0x100000001B3;
        for (var i = 0; i < values.Length; i++)
        {
            state += GoldenRatio;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            mixed ^= mixed >> 31;
            values[i] = (float)(offset + scale * ((mixed >> 40) * (1.0 / (1 << 23)) - 1));
        }
    }

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
