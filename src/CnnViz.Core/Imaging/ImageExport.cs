using CnnViz.Files;

namespace CnnViz.Imaging;

/// <summary>
/// Saves pictures: PNG, JPEG, WebP, GIF (several frames too) and .npy by the file's ending, whole or not at all. A picture's recipe and
/// whether it is a network's input stand in the file's text metadata.
/// </summary>
public static class ImageExport
{
    private const string Endings = ".png, .jpg, .jpeg, .webp, .gif or .npy";
    private const int ShortestDelay = 10;

    /// <summary>Saves a picture; as .npy a tensor of any shape and range.</summary>
    /// <param name="tensor">A picture, or a tensor that has a picture's shape and range.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="options">The usual ones where null.</param>
    /// <exception cref="CnnVizException"><c>OutputFormatUnknown</c>, <c>OutputExists</c>, <c>OutputUnwritable</c>, or a tensor that is no picture.</exception>
    public static void Save(CnnTensor tensor, string path, ImageWriteOptions? options = null)
    {
        options ??= ImageWriteOptions.Default;
        if (IsNpy(path))
        {
            NpyFile.Write(tensor, path, options.Force);
            return;
        }
        var format = FormatOf(path);
        OutputFile.CheckFree(path, options.Force);
        var file = Encode([ImageConversion.ToImage(tensor, "The tensor")], format, path, options.Quality, delay: 0);
        OutputFile.Write(path, options.Force, stream => stream.Write(file));
    }

    /// <summary>Saves frames as an animated GIF that repeats for ever.</summary>
    /// <param name="frames">Pictures of one size; grey ones are made RGB where they differ.</param>
    /// <param name="path">The file, ending in .gif.</param>
    /// <param name="delay">How long a frame stands; in steps of 10 ms, at least one.</param>
    /// <param name="options">The usual ones where null.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: frames of several sizes; and as <see cref="Save"/>.</exception>
    public static void SaveAnimation(IReadOnlyList<CnnImage> frames, string path, TimeSpan delay, ImageWriteOptions? options = null)
    {
        options ??= ImageWriteOptions.Default;
        CheckAnimation(path, options.Force);
        if (frames.Count == 0)
            throw Errors.ArgumentInvalid("The number of frames", 0, "at least one");
        foreach (var frame in frames)
        {
            if (frame.Height != frames[0].Height || frame.Width != frames[0].Width)
                throw Errors.ShapeMismatch("A frame", frame.Shape, $"the first frame's {frames[0].Height} × {frames[0].Width} pixels");
        }
        var isMixed = frames.Any(frame => frame.ChannelCount != frames[0].ChannelCount);
        CnnImage[] even = isMixed ? [.. frames.Select(ImageConversion.ToRgb)] : [.. frames];
        var file = Encode(even, ImageFormat.Gif, path, options.Quality, Math.Max((int)delay.TotalMilliseconds, ShortestDelay));
        OutputFile.Write(path, options.Force, stream => stream.Write(file));
    }

    /// <summary>Whether an animation can be written there, asked before the long computation of its frames.</summary>
    /// <param name="path">The file, ending in .gif.</param>
    /// <param name="force">Replaces a file that is there already.</param>
    /// <exception cref="CnnVizException"><c>OutputFormatUnknown</c>, <c>OutputExists</c>, <c>OutputUnwritable</c>.</exception>
    public static void CheckAnimation(string path, bool force)
    {
        if (!Path.GetExtension(path).Equals(".gif", StringComparison.OrdinalIgnoreCase))
            throw Errors.OutputFormatUnknown(path, ".gif for an animation");
        OutputFile.CheckFree(path, force);
    }

    /// <summary>A picture as the bytes of a file, metadata included.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="format">The file format.</param>
    /// <param name="quality">As <see cref="ImageWriteOptions.Quality"/>.</param>
    /// <exception cref="CnnVizException"><c>OutputUnwritable</c>: the codec refuses it.</exception>
    public static byte[] Encode(CnnImage image, ImageFormat format = ImageFormat.Png, int quality = 95) =>
        Encode([image], format, $"a {format} picture", quality, delay: 0);

    /// <summary>The picture as it will be read back from a lossless 8-bit file: round(255·v)/255; one that a network takes as it is stays one.</summary>
    public static CnnImage RoundTo8Bits(CnnImage image) =>
        new(Array.ConvertAll(image.Data, value => ImageConversion.ToByte(value) / 255f), image.ChannelCount, image.Height, image.Width)
        {
            Source = image.Source,
            Label = image.Label,
            Class = image.Class,
            IsNetworkInput = image.IsNetworkInput,
        };

    private static byte[] Encode(CnnImage[] frames, ImageFormat format, string name, int quality, int delay)
    {
        if (quality is < 1 or > 100)
            throw Errors.ArgumentInvalid("The quality", quality, "1 to 100");
        if (frames[0].Count == 0)
            throw Errors.ShapeMismatch($"The picture for '{name}'", frames[0].Shape, "at least one pixel");
        try
        {
            return ImageCodec.Encode(Array.ConvertAll(frames, ImageConversion.ToRaw), format, quality, Enumerable.Repeat(delay, frames.Length).ToArray());
        }
        catch (ImageCodecException failure)
        {
            throw Errors.OutputUnwritable(name, failure.Message, failure);
        }
    }

    private static bool IsNpy(string path) => path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);

    private static ImageFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => ImageFormat.Png,
        ".jpg" or ".jpeg" => ImageFormat.Jpeg,
        ".webp" => ImageFormat.WebP,
        ".gif" => ImageFormat.Gif,
        _ => throw Errors.OutputFormatUnknown(path, Endings),
    };
}
