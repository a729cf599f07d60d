using CnnViz.Imaging;

namespace CnnViz;

/// <summary>
/// A picture that has not been read yet: a path, an http(s) address, bytes or a tensor. Reading happens in <see
/// cref="Read"/>,
/// where errors, limits and cancellation are.
/// </summary>
public sealed class ImageSource
{
    private readonly Func<ImageReadOptions, CancellationToken, byte[]>? _load;
    private readonly CnnTensor? _tensor;

    private ImageSource(string name, Func<ImageReadOptions, CancellationToken, byte[]> load) =>
        (Name, _load) = (name, load);

    private ImageSource(string name, CnnTensor tensor) => (Name, _tensor) = (name, tensor);

    /// <summary>The path or address, or a short name for bytes and tensors: what errors speak of.</summary>
    public string Name { get; }

    /// <summary>An http(s) address or a path.</summary>
    public static ImageSource Parse(string pathOrUrl) =>
        IsAddress(pathOrUrl) ? FromUrl(new Uri(pathOrUrl)) : FromPath(pathOrUrl);

    /// <summary>True for an http(s) address, false for a path.</summary>
    public static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    /// <summary>A file: PNG, JPEG, WebP, GIF (its first frame), BMP, TIFF or .npy.</summary>
    public static ImageSource FromPath(string path) => new(path, (_, _) => ReadFile(path));

    /// <summary>A picture on a server; redirects are followed.</summary>
    public static ImageSource FromUrl(Uri address) =>
        new(address.AbsoluteUri, (options, cancellation) => ImageDownload.Get(address, options, cancellation));

    /// <summary>The bytes of a picture file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What errors call it.</param>
    public static ImageSource FromBytes(byte[] bytes, string name) => new(name, (_, _) => bytes);

    /// <summary>
    /// A picture in memory: a <see cref="CnnImage"/>, or a tensor of layout HW or CHW (1 or 3 channels) with values
    /// in [0,1].
    /// </summary>
    public static ImageSource FromTensor(CnnTensor tensor) => new((tensor as CnnImage)?.Source ?? "a tensor", tensor);

    /// <summary>
    /// Reads the picture: RGB or grey in [0,1], upright, transparency laid on the background, metadata restored.
    /// </summary>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>, <c>FileUnreadable</c>, <c>DownloadFailed</c>,
    /// <c>ImageUnreadable</c>,
    /// <c>ImageTruncated</c>, <c>ImageTooLarge</c>.</exception>
    public CnnImage Read(ImageReadOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= ImageReadOptions.Default;
        if (_tensor is not null)
            return ImageConversion.ToImage(_tensor, Name);
        var bytes = _load!(options, cancellation);
        return NpyFile.IsNpy(bytes)
            ? ImageConversion.ToImage(NpyFile.Read(bytes, Name, out var isByte), Name, isByte ? 255 : 1)
            : ImageConversion.ToImage(Decode(bytes, options), options.Background, Name);
    }

    /// <summary>
    /// Reads the values as they stand: a .npy file or a tensor keeps its shape and range, a picture becomes CHW in
    /// [0,1].
    /// </summary>
    /// <exception cref="CnnVizException">As <see cref="Read"/>.</exception>
    public CnnTensor ReadTensor(ImageReadOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= ImageReadOptions.Default;
        if (_tensor is not null)
            return _tensor;
        var bytes = _load!(options, cancellation);
        return NpyFile.IsNpy(bytes)
            ? NpyFile.Read(bytes, Name)
            : ImageConversion.ToImage(Decode(bytes, options), options.Background, Name);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private RawImage Decode(byte[] bytes, ImageReadOptions options)
    {
        try
        {
            return ImageCodec.Decode(bytes, options.MaximumPixels);
        }
        catch (ImageCodecException failure)
        {
            throw failure.Fault switch
            {
                ImageFault.NotAnImage or ImageFault.Unsupported =>
                    Errors.ImageUnreadable(Name, failure.Message, failure),
                ImageFault.Damaged => Errors.ImageTruncated(Name, failure.Message, failure),
                _ => Errors.ImageTooLarge(
                    Name, failure.Message, Math.Min(options.MaximumPixels, RawImage.MaximumPixels)),
            };
        }
    }

    private static byte[] ReadFile(string path)
    {
        if (!File.Exists(path))
            throw Directory.Exists(path) ? Errors.ImageUnreadable(path, "It is a folder.") : Errors.FileNotFound(path);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileUnreadable(path, failure);
        }
    }
}
