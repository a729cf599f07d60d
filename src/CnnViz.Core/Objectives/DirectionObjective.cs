using System.Globalization;
using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>How far the channels of a layer point into a direction, averaged over the positions: dot · max(0.1, cosine)^power, as lucid has it.</summary>
/// <param name="Layer">The dotted name of the layer.</param>
/// <param name="Direction">A value a channel.</param>
/// <param name="CosinePower">0 for the plain dot product; larger for what points nowhere else.</param>
public sealed record DirectionObjective(string Layer, IReadOnlyList<float> Direction, double CosinePower = 0) : SummedObjective(Layer)
{
    private const double Smallest = 0.1;
    private const double Tiny = 1e-6;

    /// <inheritdoc/>
    public override Tensor Sum(Tensor maps, long firstRow)
    {
        var vectors = maps.flatten(2);
        var direction = TensorTransfer.ToNative([.. Direction], [1, Direction.Count, 1], maps.device).to(maps.dtype);
        var dot = (vectors * direction).sum([1]);
        if (CosinePower != 0)
        {
            var length = (vectors.square().sum([1]) * direction.square().sum()).sqrt() + Tiny;
            dot = dot * (dot / length).clamp(min: Smallest).pow(CosinePower);
        }
        return dot.sum([1]);
    }

    /// <inheritdoc/>
    public override Tensor Value(Tensor sum, long positions) => sum / positions;

    /// <inheritdoc/>
    public override string Caption => $"direction {Layer}{Sharpening}";

    private string Sharpening => CosinePower == 0 ? "" : FormattableString.Invariant($" cosine {CosinePower:R}");

    /// <inheritdoc/>
    public override void Check(CnnModel model, int[]? inputShape = null)
    {
        if (Shape(model, Layer, inputShape) is [var channels, ..] && channels != Direction.Count)
            throw Errors.ShapeMismatch($"The direction in '{Layer}'", [Direction.Count], $"[{channels}], a number for each of its channels");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"direction {Layer} {string.Join(',', Direction.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}{Sharpening}";
}
