using CnnViz.Backend;
using TorchSharp;

namespace CnnViz.Runtime;

/// <summary>Makes libtorch ready once in a process: one thread for each physical core, unless the user has said otherwise.</summary>
public static class TorchSetup
{
    /// <summary>The environment variable that, set to a number, takes precedence over the cores.</summary>
    public const string ThreadVariable = "OMP_NUM_THREADS";

    private static readonly Lock Gate = new();
    private static bool _isDone;
    private static string[]? _warnings;

    /// <summary>Chooses the threads. Whatever touches libtorch first calls it; later calls cost nothing.</summary>
    /// <exception cref="CnnVizException"><c>RuntimeMissing</c>: libtorch could not be loaded, or does not fit.</exception>
    public static void Ensure()
    {
        if (Volatile.Read(ref _isDone))
            return;
        lock (Gate)
        {
            if (_isDone)
                return;
            try
            {
                // Loads libtorch: one that is missing is found out here.
                _ = TorchRuntime.LibTorchVersion;
                if (!int.TryParse(Environment.GetEnvironmentVariable(ThreadVariable), out _))
                    torch.set_num_threads(Processor.Current.PhysicalCores);
            }
            catch (Exception exception) when (ErrorTranslation.Translate(exception, "Loading libtorch") is { } error)
            {
                throw error;
            }
            Volatile.Write(ref _isDone, true);
        }
    }

    /// <summary>What makes this runtime needlessly slow: handed out once in a process, for one warning.</summary>
    /// <exception cref="CnnVizException"><c>RuntimeMissing</c>.</exception>
    public static IReadOnlyList<string> TakeWarnings()
    {
        Ensure();
        lock (Gate)
        {
            if (_warnings is not null)
                return [];
            _warnings = RuntimeAdvice.ForBlas(BlasLibrary.Find(TorchRuntime.Configuration).Kind) is { } advice ? [advice] : [];
            return _warnings;
        }
    }
}
