using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>The pictures without content that pictures are compared with or covered by.</summary>
internal static class Baselines
{
    /// <summary>The deviation of the blur, for a picture of a side of 1: 10 pixels of 224 (Fong and Vedaldi 2017).</summary>
    private const double BlurDeviation = 10.0 / 224;

    /// <summary>The baseline of every picture, normalised, <c>[N, C, H, W]</c>; in the outer tensor scope.</summary>
    /// <param name="pass">The pictures, and which baseline is wanted.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: a baseline of one's own has another shape than the network's pictures.</exception>
    public static Tensor Of(SaliencyPass pass)
    {
        using var scope = NewDisposeScope();
        var input = pass.Input;
        var baseline = pass.Options.BaselineImage is { } own ? Own(pass, own) : pass.Options.Baseline switch
        {
            BaselineKind.Black => Normalize(pass, zeros_like(input)),
            BaselineKind.White => Normalize(pass, ones_like(input)),
            BaselineKind.Blur => Blur(input),
            _ => zeros_like(input),
        };
        return baseline.to(input.dtype).expand(input.shape).MoveToOuterDisposeScope();
    }

    private static Tensor Own(SaliencyPass pass, CnnTensor image)
    {
        int[] expected = [.. pass.Input.shape.Skip(1).Select(extent => (int)extent)];
        if (!image.Shape.AsSpan().SequenceEqual(expected))
            throw Errors.ShapeMismatch("The baseline image", image.Shape, $"[{string.Join(", ", expected)}], the shape of the picture as {pass.Model.Name} sees it");
        var pixels = TensorTransfer.ToNative(image, pass.Input.device).unsqueeze(0);
        // A picture that is taken as it stands has a baseline that is taken so.
        return pass.Images[0].IsNormalized ? pixels : Normalize(pass, pixels);
    }

    private static Tensor Normalize(SaliencyPass pass, Tensor pixels) => pass.Model.Preprocessing.Normalize(pixels.to(ScalarType.Float32));

    private static Tensor Blur(Tensor input)
    {
        var pictures = input.to(ScalarType.Float32);
        return Gaussian((int)input.shape[2], input.device).Times(pictures)
            .Times(Gaussian((int)input.shape[3], input.device).transpose(0, 1));
    }

    /// <summary>The blur of one axis as a matrix, whose rows sum to 1 at the edges too.</summary>
    private static Tensor Gaussian(int size, Device device)
    {
        var matrix = new float[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                matrix[i * size + j] = (float)Math.Exp(-0.5 * Math.Pow((i - j) / (BlurDeviation * size), 2));
        }
        var weights = TensorTransfer.ToNative(matrix, [size, size], device: device);
        return weights / weights.sum([1], keepdim: true);
    }
}
