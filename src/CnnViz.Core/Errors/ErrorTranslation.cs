using System.Runtime.InteropServices;
using CnnViz.Backend;

namespace CnnViz;

/// <summary>Turns what a backend throws into an error that a user can act on: what the module and the command line do at their doorsteps.</summary>
public static class ErrorTranslation
{
    /// <summary>The error behind an exception.</summary>
    /// <param name="exception">What was caught.</param>
    /// <param name="operation">What was being done, as the message's subject: <c>Get-FeatureMap</c>.</param>
    /// <returns>The error, or null where the exception is none of ours: a cancellation, or a defect that must not be dressed up.</returns>
    public static CnnVizException? Translate(Exception exception, string operation) => exception switch
    {
        CnnVizException error => error,
        BackendException { Failure: BackendFailure.RuntimeMissing } error => Errors.RuntimeMissing(error.Message, error),
        BackendException error => Errors.ComputationFailed(operation, error),
        TypeInitializationException { InnerException: { } inner } => Translate(inner, operation),
        DllNotFoundException or BadImageFormatException => Errors.RuntimeMissing(exception.Message, exception),
        // libtorch's own errors are of this very type; those derived from it (sockets, COM) are not its.
        _ when exception.GetType() == typeof(ExternalException) => Errors.ComputationFailed(operation, exception),
        _ => null,
    };
}
