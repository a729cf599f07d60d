using System.Runtime.InteropServices;

namespace CnnViz;

/// <summary>Turns what libtorch throws into an error that a user can act on: used by the module and the command line around every operation.</summary>
public static class ErrorTranslation
{
    /// <summary>The error behind an exception.</summary>
    /// <param name="exception">What was caught.</param>
    /// <param name="operation">What was being done, as the message's subject: <c>Get-FeatureMap</c>.</param>
    /// <returns>The error, or null where the exception is none of ours: a cancellation, or a defect that must not be dressed up.</returns>
    public static CnnVizException? Translate(Exception exception, string operation) => exception switch
    {
        CnnVizException error => error,
        TypeInitializationException { InnerException: { } inner } => Translate(inner, operation),
        // libtorch's own errors are of this very type; those derived from it (sockets, COM) are not its.
        _ when exception.GetType() == typeof(ExternalException) => Errors.ComputationFailed(operation, exception),
        _ => null,
    };
}
