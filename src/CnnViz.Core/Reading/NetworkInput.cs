using CnnViz.Imaging;
using static TorchSharp.torch;

namespace CnnViz.Reading;

/// <summary>Brings pictures into the form that a model takes.</summary>
public static class NetworkInput
{
    /// <summary>
    /// The picture as the network will see it: its colours, its size, values still in [0,1]. A picture that this gave before is given back as it is
    /// to every network that takes the same.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="image">The picture.</param>
    /// <param name="mode">Whether it is resized and cropped.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: it is to be taken as it is and has another size.</exception>
    public static CnnImage Prepare(CnnModel model, CnnImage image, PreprocessingMode mode = PreprocessingMode.Auto)
    {
        var preprocessing = model.Preprocessing;
        if (image.PreparedFor is { } earlier && earlier.GivesSamePixelsAs(preprocessing))
            return image;
        var colored = preprocessing.ChannelCount == image.ChannelCount
            ? image
            : preprocessing.ChannelCount == 1 ? ImageConversion.ToGrey(image) : ImageConversion.ToRgb(image);
        if (mode == PreprocessingMode.None || (mode == PreprocessingMode.Auto && image.IsNetworkInput))
        {
            return colored.Height == preprocessing.Height && colored.Width == preprocessing.Width
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
        return model.Preprocessing.Normalize(pixels).to(model.DataType).MoveToOuterDisposeScope();
    }
}
