namespace CnnViz;

/// <summary>The kinds of errors, named as PowerShell's ErrorCategory names them.</summary>
public enum CnnErrorCategory
{
    /// <summary>A parameter has a value that cannot be used.</summary>
    InvalidArgument,

    /// <summary>A file's content is not what it should be.</summary>
    InvalidData,

    /// <summary>The thing exists but cannot be used this way now.</summary>
    InvalidOperation,

    /// <summary>Something named does not exist.</summary>
    ObjectNotFound,

    /// <summary>The output is there already.</summary>
    ResourceExists,

    /// <summary>The device, library or server cannot be reached.</summary>
    ResourceUnavailable,

    /// <summary>The operating system refuses access.</summary>
    PermissionDenied,

    /// <summary>Reading failed.</summary>
    ReadError,

    /// <summary>Writing failed.</summary>
    WriteError,

    /// <summary>A limit that protects the machine was reached.</summary>
    LimitsExceeded,

    /// <summary>A runtime library is not installed.</summary>
    NotInstalled,
}

/// <summary>
/// An error that a user can act on: a stable id, and a message that says what was found, what was expected and what to do.
/// Made by the factories of <see cref="Errors"/> only.
/// </summary>
public sealed class CnnVizException : Exception
{
    internal CnnVizException(string errorId, CnnErrorCategory category, string message, object? target = null, bool isFatal = false, Exception? inner = null)
        : base(message, inner)
    {
        ErrorId = errorId;
        Category = category;
        Target = target;
        IsFatal = isFatal;
    }

    /// <summary>The stable id without its prefix, such as <c>ImageUnreadable</c>; PowerShell shows it as <c>CnnViz.ImageUnreadable</c>.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of error.</summary>
    public CnnErrorCategory Category { get; }

    /// <summary>What the error is about: a path, a layer name, an object.</summary>
    public object? Target { get; }

    /// <summary>True where going on with the next item makes no sense: a bad model, device or runtime.</summary>
    public bool IsFatal { get; }
}
