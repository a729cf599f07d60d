namespace CnnViz.Imaging;

/// <summary>Convolves a picture with a kernel, as convolutional networks do: without mirroring the kernel, zeros outside of the picture.</summary>
public static class ImageFilter
{
    private const int LargestSide = 32_768;

    /// <summary>Applies a filter to a picture, each channel by itself.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="kernel">The filter.</param>
    /// <param name="options">Same padding and stride 1 where null.</param>
    /// <exception cref="CnnVizException">As <see cref="Convolve"/>.</exception>
    public static ConvolutionResult Apply(CnnImage image, Kernel kernel, ConvolutionOptions? options = null)
    {
        options ??= new ConvolutionOptions();
        var values = Convolve(image, kernel.Weights, options);
        var recipe = Recipes.Of("Invoke-CnnConvolution", [], null, options, Recipes.Input("Image", image)).And("Kernel", kernel);
        var drawn = kernel.KeepsBrightness && !options.Transpose
            ? new CnnImage(Array.ConvertAll(values.Data, value => Math.Clamp(value, 0, 1)), values.Shape[0], values.Shape[1], values.Shape[2])
            : TensorDrawing.Draw(values);
        return new ConvolutionResult
        {
            Values = values,
            Image = new CnnImage(drawn.Data, drawn.ChannelCount, drawn.Height, drawn.Width)
            {
                Source = image.Source,
                Label = image.Label,
                Class = image.Class,
                Recipe = recipe,
            },
            Kernel = kernel.Name,
            Weights = kernel.Weights,
            Recipe = recipe,
        };
    }

    /// <summary>Convolves each channel by itself.</summary>
    /// <param name="image">A tensor whose last two dimensions are H and W.</param>
    /// <param name="kernel">The weights [row, column], at least one.</param>
    /// <param name="options">Same padding and stride 1 where null.</param>
    /// <returns>The raw, signed results, of the input's rank; <see cref="ValueRange.Normalize"/> makes a picture of them.</returns>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: too few dimensions, or a kernel larger than the picture under Valid; <c>ArgumentInvalid</c>: no kernel, or a stride below 1.</exception>
    public static CnnTensor Convolve(CnnTensor image, float[,] kernel, ConvolutionOptions? options = null)
    {
        options ??= new ConvolutionOptions();
        if (image.Shape.Length < 2)
            throw Errors.ShapeMismatch("The picture to convolve", image.Shape, "at least H,W");
        if (kernel.Length == 0)
            throw Errors.ArgumentInvalid("The kernel", "empty", "a 2-D array of weights");
        if (options.Stride < 1)
            throw Errors.ArgumentInvalid("The stride", options.Stride, "at least 1");
        var (height, width) = (image.Shape[^2], image.Shape[^1]);
        var rows = Axis.Of(height, kernel.GetLength(0), options);
        var columns = Axis.Of(width, kernel.GetLength(1), options);
        if (rows.OutputSize < 1 || columns.OutputSize < 1)
            throw Errors.ShapeMismatch("The picture", image.Shape, $"at least the kernel's {kernel.GetLength(0)} × {kernel.GetLength(1)} pixels, or -Padding Same");
        if (rows.OutputSize > LargestSide || columns.OutputSize > LargestSide)
            throw Errors.ArgumentInvalid("The result", $"{columns.OutputSize:N0} × {rows.OutputSize:N0} pixels", $"at most {LargestSide:N0} a side");

        var planes = image.Shape[..^2].Aggregate(1, (product, extent) => product * extent);
        var outputSize = rows.OutputSize * columns.OutputSize;
        var result = new float[checked(planes * outputSize)];
        Parallel.For(0, planes, plane =>
        {
            var input = image.Data.AsSpan(plane * height * width, height * width);
            var output = result.AsSpan(plane * outputSize, outputSize);
            if (options.Transpose)
                Spread(input, output, kernel, rows, columns);
            else
                Gather(input, output, kernel, rows, columns);
        });
        return new CnnTensor(result, [.. image.Shape[..^2], rows.OutputSize, columns.OutputSize], image.Layout);
    }

    private static void Gather(ReadOnlySpan<float> input, Span<float> output, float[,] kernel, Axis rows, Axis columns)
    {
        for (var y = 0; y < rows.OutputSize; y++)
        {
            var target = output.Slice(y * columns.OutputSize, columns.OutputSize);
            for (var row = 0; row < rows.KernelSize; row++)
            {
                var sourceY = (y * rows.Stride) + row - rows.Before;
                if ((uint)sourceY >= (uint)rows.InputSize)
                    continue;
                var source = input.Slice(sourceY * columns.InputSize, columns.InputSize);
                for (var column = 0; column < columns.KernelSize; column++)
                {
                    var weight = kernel[row, column];
                    var offset = column - columns.Before;
                    for (var x = 0; x < target.Length; x++)
                    {
                        var sourceX = (x * columns.Stride) + offset;
                        if ((uint)sourceX < (uint)source.Length)
                            target[x] += weight * source[sourceX];
                    }
                }
            }
        }
    }

    private static void Spread(ReadOnlySpan<float> input, Span<float> output, float[,] kernel, Axis rows, Axis columns)
    {
        for (var y = 0; y < rows.InputSize; y++)
        {
            for (var row = 0; row < rows.KernelSize; row++)
            {
                var targetY = (y * rows.Stride) + row - rows.Before;
                if ((uint)targetY >= (uint)rows.OutputSize)
                    continue;
                var target = output.Slice(targetY * columns.OutputSize, columns.OutputSize);
                for (var column = 0; column < columns.KernelSize; column++)
                {
                    for (var x = 0; x < columns.InputSize; x++)
                    {
                        var targetX = (x * columns.Stride) + column - columns.Before;
                        if ((uint)targetX < (uint)target.Length)
                            target[targetX] += kernel[row, column] * input[(y * columns.InputSize) + x];
                    }
                }
            }
        }
    }

    /// <summary>The sizes along one axis; <paramref name="Before"/> is how far the kernel begins before the first pixel.</summary>
    private readonly record struct Axis(int InputSize, int OutputSize, int KernelSize, int Stride, int Before)
    {
        /// <summary>Where the padding is odd, the extra zero stands at the end. The transposed convolution is the exact adjoint of the plain one.</summary>
        public static Axis Of(int size, int kernel, ConvolutionOptions options)
        {
            var isSame = options.Padding == ConvolutionPadding.Same;
            var stride = options.Stride;
            var (large, small) = options.Transpose
                ? (isSame ? size * stride : ((size - 1) * stride) + kernel, size)
                : (size, isSame ? (size + stride - 1) / stride : size < kernel ? 0 : ((size - kernel) / stride) + 1);
            var padding = isSame ? Math.Max(((small - 1) * stride) + kernel - large, 0) : 0;
            return new(size, options.Transpose ? large : small, kernel, stride, padding / 2);
        }
    }
}
