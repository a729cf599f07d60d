namespace CnnViz.Backend;

/// <summary>What went wrong inside a backend, before Core gives it a stable error id and a message for the user.</summary>
public enum BackendFailure
{
    /// <summary>libtorch or libvips could not be found or loaded, or its version does not fit.</summary>
    RuntimeMissing,

    /// <summary>The bytes are no picture that the codec knows.</summary>
    NotAnImage,

    /// <summary>The picture breaks off or is damaged.</summary>
    ImageDamaged,

    /// <summary>The picture has more pixels than the limit that was given.</summary>
    ImageTooLarge,

    /// <summary>The picture could not be written.</summary>
    EncodeFailed,
}

/// <summary>A failure of a backend: a runtime that is not there, or a picture that cannot be read or written.</summary>
/// <param name="failure">The kind of failure.</param>
/// <param name="message">What was found and, where known, what was expected.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class BackendException(BackendFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind of failure.</summary>
    public BackendFailure Failure { get; } = failure;
}
