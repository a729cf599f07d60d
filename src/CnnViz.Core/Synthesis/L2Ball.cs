using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>The difference of each picture to its start has a Euclidean length of at most ε.</summary>
/// <inheritdoc cref="Ball"/>
public sealed record L2Ball(CnnTensor Center, double Radius) : Ball(Center, Radius)
{
    /// <summary>Half the distance of neighbouring float32 values below 1.</summary>
    private const double Rounding = 1.0 / (1 << 25);

    private protected override void Project(Tensor values)
    {
        var center = TensorTransfer.ToNative(Center, values.device).to(ScalarType.Float64);
        var differences = values.to(ScalarType.Float64) - center;
        var lengths = differences.flatten(1).square().sum([1]).sqrt();
        // What rounding may add to the length of a difference, pixel by pixel, is taken off beforehand.
        var largest = Math.Max(1, Center.Data.Max(Math.Abs) + Radius);
        var reach = Math.Max(0, Radius - 2 * largest * Rounding * Math.Sqrt(differences.NumberOfElements / lengths.NumberOfElements));
        for (var i = 0; i < lengths.NumberOfElements; i++)
        {
            // Pictures that are within are left as they are, to the last bit.
            var length = lengths.select(0, i).ToDouble();
            if (length > Radius)
                values.narrow(0, i, 1).copy_(differences.narrow(0, i, 1) * (reach / length) + (Center.Shape.Length == 4 ? center.narrow(0, i, 1) : center));
        }
    }
}
