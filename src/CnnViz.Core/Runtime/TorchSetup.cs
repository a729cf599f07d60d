using TorchSharp;

namespace CnnViz.Runtime;

/// <summary>
/// Makes libtorch ready once in a process: loads it, takes one thread for each physical core unless the user says
/// otherwise, keeps freed memory, and switches off what does not compute right on this processor.
/// </summary>
public static class TorchSetup
{
    /// <summary>The environment variable that, set to a number, takes precedence over the cores.</summary>
    public const string ThreadVariable = "OMP_NUM_THREADS";

    private static readonly Lock Gate = new();
    private static volatile OneDnnState? _oneDnn;

    /// <summary>Whether oneDNN computes here, and why. Makes libtorch ready.</summary>
    /// <exception cref="CnnVizException">As <see cref="Ensure"/>.</exception>
    public static OneDnnState OneDnn
    {
        get
        {
            Ensure();
            return _oneDnn!;
        }
    }

    /// <summary>
    /// The number in the environment variable, of a list such as <c>4,2</c> the first; null where there is none. MKL, which libtorch
    /// goes by, takes no more than there are cores unless it is told.
    /// </summary>
    private static int? ChosenThreads =>
        int.TryParse(Environment.GetEnvironmentVariable(ThreadVariable)?.Split(',')[0], out var threads) && threads > 0 ? threads : null;

    /// <summary>Makes libtorch ready. Whatever uses libtorch first calls it; later calls cost nothing.</summary>
    /// <exception cref="CnnVizException"><c>RuntimeMissing</c>, <c>RuntimeVersionMismatch</c>,
    /// <c>RuntimeArchitectureMismatch</c>: libtorch cannot be loaded; <c>PlatformUnsupported</c>;
    /// <c>ArgumentInvalid</c>: an environment variable is wrong.</exception>
    public static void Ensure()
    {
        if (_oneDnn is not null)
            return;
        lock (Gate)
        {
            if (_oneDnn is not null)
                return;
            NativeLibraries.LoadLibTorch();
            FreedMemory.Keep();
            TorchSwitches.UseNnPack(false);
            torch.InitializeDeviceType(DeviceType.CPU);
            torch.set_num_threads(ChosenThreads ?? Processor.Current.PhysicalCores);
            _oneDnn = OneDnnGuard.Apply();
        }
    }
}
