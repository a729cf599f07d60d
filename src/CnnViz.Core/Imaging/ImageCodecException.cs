namespace CnnViz.Imaging;

/// <summary>
/// The kinds of faults of an image file, before <see cref="Errors"/> gives them an id and names the file.
/// </summary>
internal enum ImageFault
{
    /// <summary>The bytes are no image format that is read here.</summary>
    NotAnImage,

    /// <summary>The image is cut short or damaged.</summary>
    Damaged,

    /// <summary>The image uses a kind of its format that is not read here.</summary>
    Unsupported,

    /// <summary>The image has more pixels than the given limit.</summary>
    TooLarge,

    /// <summary>The image cannot be written.</summary>
    EncodeFailed,
}

/// <summary>An image file that cannot be read or written.</summary>
/// <param name="fault">The kind of fault.</param>
/// <param name="message">What was found and, if known, what was expected.</param>
/// <param name="inner">The cause, if there is one.</param>
internal sealed class ImageCodecException(ImageFault fault, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The kind of fault.</summary>
    public ImageFault Fault { get; } = fault;
}
