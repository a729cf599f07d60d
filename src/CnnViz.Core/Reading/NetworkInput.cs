using System.Runtime.InteropServices;
using CnnViz.Imaging;
using CnnViz.Networks;
using static TorchSharp.torch;

namespace CnnViz.Reading;

/// <summary>Brings pictures into the form that a model takes.</summary>
public static class NetworkInput
{
    /// <summary>Reads pictures in the form that a model takes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">A picture; with <see cref="PreprocessingMode.Raw"/> a tensor of one input or of several, <c>[N, C, H, W]</c>.</param>
    /// <param name="mode">Whether it is resized and cropped.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <returns>The pictures as the network will see them, one but for a raw tensor of several, and the channels that they had.</returns>
    /// <exception cref="CnnVizException">As <see cref="ImageSource.Read"/> and <see cref="Prepare"/>.</exception>
    public static (IReadOnlyList<CnnImage> Images, int ChannelCount) Read(
        CnnModel model, ImageSource source, PreprocessingMode mode = PreprocessingMode.Auto, CancellationToken cancellation = default)
    {
        CnnImage[] images = mode == PreprocessingMode.Raw
            ? Inputs(source.ReadTensor(cancellation: cancellation), source.Name)
            : [source.Read(cancellation: cancellation)];
        return (Array.ConvertAll(images, image => Prepare(model, image, mode)), images[0].ChannelCount);
    }

    /// <summary>Reads a picture at its own size, in the colours that a model takes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">A picture.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <returns>The picture, and the channels that it had.</returns>
    /// <exception cref="CnnVizException">As <see cref="ImageSource.Read"/>; <c>ImageNotFinite</c>.</exception>
    public static (IReadOnlyList<CnnImage> Images, int ChannelCount) ReadFullSize(CnnModel model, ImageSource source, CancellationToken cancellation = default)
    {
        var image = source.Read(cancellation: cancellation);
        return ([InColorsOf(model, image)], image.ChannelCount);
    }

    /// <summary>True where two pictures that <see cref="Prepare"/> gave can be computed together.</summary>
    public static bool IsAlike(CnnImage one, CnnImage other) => one.IsNormalized == other.IsNormalized && one.Shape.SequenceEqual(other.Shape);

    /// <summary>
    /// The picture as the network will see it: its colours, its size, values still in [0,1]. A picture that this gave before is given back as it is
    /// to every network that takes the same.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="image">The picture.</param>
    /// <param name="mode">Whether it is resized and cropped.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: it is to be taken as it is and has a size that the network does not take, or not the network's channels; <c>ImageTooSmall</c>; <c>ImageNotFinite</c>.</exception>
    public static CnnImage Prepare(CnnModel model, CnnImage image, PreprocessingMode mode = PreprocessingMode.Auto)
    {
        if (image.IsNormalized)
            return AsItStands(model, image);
        CheckFinite(image);
        return Fit(model, image, mode);
    }

    /// <summary>The picture at its own size, grey or in colour as a model has it.</summary>
    /// <exception cref="CnnVizException"><c>ImageNotFinite</c>.</exception>
    internal static CnnImage InColorsOf(CnnModel model, CnnImage image)
    {
        CheckFinite(image);
        return InColors(model.Preprocessing, image);
    }

    private static CnnImage InColors(Preprocessing preprocessing, CnnImage image) => preprocessing.ChannelCount == image.ChannelCount ? image
        : preprocessing.ChannelCount == 1 ? ImageConversion.ToGrey(image) : ImageConversion.ToRgb(image);

    private static void CheckFinite(CnnImage image)
    {
        if (!IsFinite(image.Data))
            throw Errors.ImageNotFinite(image.Source ?? "The picture", image.Data.Count(value => !float.IsFinite(value)));
    }

    private static CnnImage Fit(CnnModel model, CnnImage image, PreprocessingMode mode)
    {
        if (mode == PreprocessingMode.Raw)
            return AsItStands(model, image);
        var preprocessing = model.Preprocessing;
        if (image.PreparedFor is { } earlier && earlier.GivesSamePixelsAs(preprocessing))
            return image;
        var colored = InColors(preprocessing, image);
        if (mode == PreprocessingMode.None || (mode == PreprocessingMode.Auto && image.IsNetworkInput))
        {
            return (colored.Height == preprocessing.Height && colored.Width == preprocessing.Width) || (image.IsNetworkInput && Takes(model.Network, colored.Shape))
                ? colored
                : throw Errors.ShapeMismatch(
                    image.Source ?? "The picture", image.Shape,
                    $"[C, {preprocessing.Height}, {preprocessing.Width}] as {model.Name} takes it; use -Preprocessing Standard to have it resized");
        }
        var sized = preprocessing.ShorterSide is { } side
            ? ImageResize.CenterCrop(ImageResize.ResizeShorterSide(colored, side, inLevels: true), preprocessing.Height, preprocessing.Width)
            : ImageResize.Resize(colored, preprocessing.Height, preprocessing.Width, inLevels: true);
        return sized.AsPrepared(preprocessing);
    }

    /// <summary>A normalised batch on the model's device and in its numbers, <c>[N, C, H, W]</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">Pictures that <see cref="Prepare"/> gave.</param>
    internal static Tensor Batch(CnnModel model, IReadOnlyList<CnnImage> images)
    {
        using var scope = NewDisposeScope();
        var pixels = stack(images.Select(image => TensorTransfer.ToNative(image, device(model.Device))));
        return (images[0].IsNormalized ? pixels : model.Preprocessing.Normalize(pixels)).to(model.DataType).MoveToOuterDisposeScope();
    }

    /// <summary>As integers, finite numbers from 0 on are one range, which is searched with vectors; only a picture with others is looked at number by number.</summary>
    private static bool IsFinite(float[] values) =>
        !MemoryMarshal.Cast<float, int>(values).ContainsAnyExceptInRange(0, BitConverter.SingleToInt32Bits(float.MaxValue)) || values.All(float.IsFinite);

    private static CnnImage AsItStands(CnnModel model, CnnImage image)
    {
        if (image.ChannelCount != model.InputShape[0])
            throw Errors.ShapeMismatch(image.Source ?? "The input", image.Shape, $"[{model.InputShape[0]}, H, W] as {model.Name} takes it");
        return Takes(model.Network, image.Shape)
            ? image.IsNormalized ? image : image.AsNormalized()
            : throw Errors.ImageTooSmall(image.Source ?? "The input", image.Shape, model.Name, NetworkAnalysis.SmallestSide(model.Network, side => Takes(model.Network, [model.InputShape[0], side, side])));
    }

    /// <summary>The pictures of a raw tensor: H,W or C,H,W is one, N,C,H,W as many as it holds.</summary>
    private static CnnImage[] Inputs(CnnTensor tensor, string name) => tensor switch
    {
        CnnImage image => [image],
        { Shape: [var height, var width] } => [new CnnImage(tensor.Data, 1, height, width) { Source = name }],
        { Shape: [var channels, var height, var width] } => [new CnnImage(tensor.Data, channels, height, width) { Source = name }],
        { Shape: [1, var channels, var height, var width] } => [new CnnImage(tensor.Data, channels, height, width) { Source = name }],
        { Shape: [> 1 and var count, var channels, var height, var width] } =>
            [.. Enumerable.Range(0, count).Select(index => new CnnImage(tensor.Slice(index).Data, channels, height, width) { Source = $"{name}[{index}]" })],
        _ => throw Errors.ShapeMismatch($"'{name}'", tensor.Shape, "H,W, C,H,W or N,C,H,W as the network takes it"),
    };

    /// <summary>Whether a network gives one answer for a picture of that shape, <c>[C, H, W]</c>.</summary>
    internal static bool Takes(Network network, int[] shape)
    {
        try
        {
            return NetworkAnalysis.OutputShapes(network, shape)[^1].Aggregate(1, (product, extent) => product * extent) == network.ClassCount;
        }
        catch (CnnVizException)
        {
            return false;
        }
    }
}
