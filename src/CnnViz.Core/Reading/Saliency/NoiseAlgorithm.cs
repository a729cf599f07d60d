using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// A gradient method read of copies with Gaussian noise: the mean of its values, the mean of their squares, or their variance. Every picture has the noise of the
/// seed to itself, copy after copy, so that it does not matter which pictures or copies go through the network together.
/// </summary>
internal sealed class NoiseAlgorithm(SaliencyMethod method) : SaliencyAlgorithm(method, SaliencyKind.Sensitivity)
{
    /// <inheritdoc/>
    public override CnnVizException? Invalid(SaliencyOptions options) => options switch
    {
        { SampleCount: < 1 } => Errors.ArgumentInvalid(nameof(options.SampleCount), options.SampleCount, "at least 1"),
        { NoiseDeviation: null, NoiseLevel: not (>= 0 and < double.PositiveInfinity) } => Errors.ArgumentInvalid(nameof(options.NoiseLevel), options.NoiseLevel, "0 or more"),
        { NoiseDeviation: not (null or (>= 0 and < double.PositiveInfinity)) } => Errors.ArgumentInvalid(nameof(options.NoiseDeviation), options.NoiseDeviation, "0 or more"),
        _ when SaliencyAlgorithms.Find(options.BaseMethod) is not CopyAlgorithm =>
            Errors.ArgumentInvalid(nameof(options.BaseMethod), options.BaseMethod, "Gradient, GuidedBackprop, Deconvnet, InputXGradient or IntegratedGradients"),
        _ => SaliencyAlgorithms.Find(options.BaseMethod).Invalid(options),
    };

    /// <inheritdoc/>
    public override Attribution[] Compute(SaliencyPass pass)
    {
        using var scope = NewDisposeScope();
        var inner = (CopyAlgorithm)SaliencyAlgorithms.Find(pass.Options.BaseMethod);
        var found = new Tensor[pass.Images.Count][];
        for (var i = 0; i < found.Length; i++)
            found[i] = OfPicture(pass, inner, i);
        return [.. pass.Targets.Select((_, target) => new Attribution(stack(found.Select(values => values[target]).ToArray()).MoveToOuterDisposeScope()))];
    }

    private Tensor[] OfPicture(SaliencyPass pass, CopyAlgorithm inner, int index)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)pass.Options.Seed);
        var picture = pass.Input.narrow(0, index, 1);
        var deviation = pass.Options.NoiseDeviation ?? pass.Options.NoiseLevel * (picture.max() - picture.min()).ToDouble();
        // In double precision, so that the variance, a difference of large numbers, keeps its digits.
        var (sums, squares) = (Zeros(), Zeros());
        foreach (var (_, count) in Chunks.OfGradients(pass, pass.Options.SampleCount))
        {
            using var chunk = NewDisposeScope();
            // Drawn copy by copy: numbers that are drawn together depend on how many they are.
            var noise = cat(Enumerable.Range(0, count).Select(_ => randn(picture.shape, generator: generator)).ToArray());
            var copies = picture + (noise * deviation).to(picture.dtype, picture.device);
            if (Method == SaliencyMethod.SmoothGrad && pass.Options.Sign == SaliencySign.Signed)
            {
                Add(sums, inner.SumOfCopies(pass, copies, index));
                continue;
            }
            var values = inner.OfCopies(pass, copies, index).Select(value => Signed(value, pass.Options.Sign).to(ScalarType.Float64)).ToArray();
            Add(sums, values.Select(value => value.sum([0])));
            if (Method != SaliencyMethod.SmoothGrad)
                Add(squares, values.Select(value => value.square().sum([0])));
        }
        return [.. sums.Zip(squares, (sum, square) => Moment(sum / pass.Options.SampleCount, square / pass.Options.SampleCount).to(ScalarType.Float32).MoveToOuterDisposeScope())];

        Tensor[] Zeros() => [.. pass.Targets.Select(_ => zeros([.. picture.shape.Skip(1)], ScalarType.Float64, picture.device))];
    }

    private Tensor Moment(Tensor mean, Tensor meanSquare) => Method switch
    {
        SaliencyMethod.SmoothGrad => mean,
        SaliencyMethod.SmoothGradSquared => meanSquare,
        _ => (meanSquare - mean.square()).clamp_(0),
    };

    private static void Add(Tensor[] sums, IEnumerable<Tensor> values)
    {
        foreach (var (sum, value) in sums.Zip(values))
            sum.add_(value);
    }

    private static Tensor Signed(Tensor values, SaliencySign sign) => sign switch
    {
        SaliencySign.Absolute => values.abs(),
        SaliencySign.Positive => values.relu(),
        _ => values,
    };
}
