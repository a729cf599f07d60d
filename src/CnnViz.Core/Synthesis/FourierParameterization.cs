using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>
/// The pictures' spectra, with colours that are not correlated: image = sigmoid(C · irfft2(spectrum · scale) / 4), as lucid has it (Olah et al. 2017). All
/// frequencies count alike to the optimiser, which keeps it from drowning in the high ones.
/// </summary>
public sealed class FourierParameterization : Parameterization
{
    private const double Deviation = 0.01;
    private const double Damping = 4;
    private const float LargestColumnNorm = 0.461952f; // of the colour matrix

    // The root of the covariance of ImageNet's colours.
    private static readonly float[] Colors = [0.26f, 0.09f, 0.02f, 0.27f, 0.00f, -0.05f, 0.27f, -0.09f, 0.03f];

    private readonly bool _decorrelates;
    private int _height;
    private int _width;
    private Tensor _spectrum;
    private Tensor _scale;
    private readonly Tensor _colors;

    /// <summary>Starts from a random spectrum, the same for all pictures: so each becomes what it becomes alone.</summary>
    /// <param name="count">Pictures.</param>
    /// <param name="channels">3 for colour, 1 for grey.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="generator">The source of the start.</param>
    /// <param name="decorrelates">Whether the channels are colours without correlation; needs 3 of them.</param>
    public FourierParameterization(int count, int channels, int height, int width, Generator generator, bool decorrelates = true)
    {
        (_height, _width, _decorrelates) = (height, width, decorrelates && channels == 3);
        using var scope = NewDisposeScope();
        _spectrum = (randn([1, channels, height, width / 2 + 1, 2], generator: generator) * Deviation).repeat(count, 1, 1, 1, 1).DetachFromDisposeScope().requires_grad_();
        _scale = Scale(height, width).DetachFromDisposeScope();
        float[] colors = [.. Colors.Select(value => value / LargestColumnNorm)];
        _colors = TensorTransfer.ToNative(colors, [1, 3, 3]).DetachFromDisposeScope();
    }

    /// <summary>The spectra, <c>[N, C, H, W / 2 + 1, 2]</c>: real and imaginary parts.</summary>
    public override Tensor Values => _spectrum;

    /// <inheritdoc/>
    public override Tensor Image()
    {
        using var scope = NewDisposeScope();
        var image = fft.irfft2((_spectrum * _scale).view_as_complex(), [_height, _width]) / Damping;
        if (_decorrelates)
        {
            var (count, pixels) = (image.shape[0], (long)_height * _width);
            image = _colors.expand(count, 3, 3).bmm(image.reshape(count, 3, pixels)).view(count, 3, _height, _width);
        }
        return image.sigmoid().MoveToOuterDisposeScope();
    }

    /// <summary>Frequencies that both sizes have are kept, in their strength of the picture; new ones start at 0.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public override void Resize(int height, int width)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var scale = Scale(height, width);
        var resized = zeros([_spectrum.shape[0], _spectrum.shape[1], height, width / 2 + 1, 2]);
        var (upper, lower) = ((Math.Min(_height, height) + 1) / 2, Math.Min(_height, height) / 2);
        var columns = Math.Min(_width, width) / 2 + 1;
        // irfft2 divides by the number of pixels, so that what is to look the same has to grow with it.
        var coefficients = _spectrum * _scale * ((double)height * width / ((double)_height * _width));
        Part(resized, 0, upper, columns).copy_(Part(coefficients, 0, upper, columns));
        Part(resized, height - lower, lower, columns).copy_(Part(coefficients, _height - lower, lower, columns));
        resized = (resized / scale).DetachFromDisposeScope().requires_grad_();
        _spectrum.Dispose();
        _scale.Dispose();
        (_spectrum, _scale, _height, _width) = (resized, scale.DetachFromDisposeScope(), height, width);
    }

    /// <inheritdoc/>
    public override string ToString() => _decorrelates ? "spectrum of decorrelated colours" : "spectrum";

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _spectrum.Dispose();
        _scale.Dispose();
        _colors.Dispose();
    }

    private static Tensor Part(Tensor spectrum, long row, long rows, long columns) => spectrum.narrow(2, row, rows).narrow(3, 0, columns);

    /// <summary>√(width · height) / the frequency, which is at least one cycle in the longer side.</summary>
    private static Tensor Scale(int height, int width)
    {
        var lowest = 1.0 / Math.Max(height, width);
        var columns = width / 2 + 1;
        var scale = new float[height * columns];
        for (var row = 0; row < height; row++)
        {
            var vertical = (row <= (height - 1) / 2 ? row : row - height) / (double)height;
            for (var column = 0; column < columns; column++)
            {
                var horizontal = column / (double)width;
                scale[row * columns + column] = (float)(Math.Sqrt((double)width * height) / Math.Max(Math.Sqrt(vertical * vertical + horizontal * horizontal), lowest));
            }
        }
        return TensorTransfer.ToNative(scale, [1, 1, height, columns, 1]);
    }
}
