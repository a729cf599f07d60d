using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace CnnViz.Runtime;

/// <summary>
/// Decides whether libtorch may compute convolutions with oneDNN. oneDNN 3.7 plans by the sizes of the processor's
/// caches; where a hypervisor hides them from an AMD processor, it takes one byte, and its convolutions are wrong or
/// end the process (uxlfoundation/oneDNN#2716, pytorch/pytorch#177227).
/// </summary>
internal static class OneDnnGuard
{
    /// <summary>The environment variable that decides instead: <c>on</c> or <c>off</c>.</summary>
    public const string Variable = "CNNVIZ_ONEDNN";

    private const double Tolerance = 1e-4;
    private const int CacheTopologyLeaf = unchecked((int)0x8000_001D);
    private const int CacheTypeBits = 0x1f;

    /// <summary>Convolutions of each kind that went wrong. The 1×1 convolution did on two threads.</summary>
    private static readonly OneDnnProbe[] Probes =
    [
        new(Batch: 1, Input: 1, Output: 6, Size: 28, Kernel: 5, IsGradient: true),
        new(Batch: 1, Input: 10, Output: 20, Size: 12, Kernel: 5, IsGradient: true),
        new(Batch: 1, Input: 20, Output: 50, Size: 12, Kernel: 5),
        new(Batch: 8, Input: 24, Output: 64, Size: 14, Kernel: 3),
        new(Batch: 1, Input: 512, Output: 1000, Size: 13, Kernel: 1, Threads: 2),
    ];

    /// <summary>Decides, and switches oneDNN off where it must not be used.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: the environment variable holds another word.</exception>
    public static OneDnnState Apply()
    {
        var state = Decide(Environment.GetEnvironmentVariable(Variable), HidesCaches(), FindDeviation);
        TorchSwitches.UseOneDnn(state.IsEnabled);
        return state;
    }

    /// <summary>The decision.</summary>
    /// <param name="chosen">The environment variable's text; null or empty where it is not set.</param>
    /// <param name="hidesCaches">Whether the processor hides its caches' sizes.</param>
    /// <param name="findDeviation">Finds a wrong result of oneDNN; null where there is none. May not be called where caches are hidden.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>.</exception>
    public static OneDnnState Decide(string? chosen, bool hidesCaches, Func<string?> findDeviation) => chosen switch
    {
        "on" or "off" => new(chosen == "on", $"{Variable} is '{chosen}'"),
        not (null or "") => throw Errors.ArgumentInvalid(Variable, chosen, "'on' or 'off'"),
        _ when hidesCaches => new(false, "this AMD processor's hypervisor hides the cache sizes that oneDNN plans by"),
        _ => findDeviation() is { } deviation ? new(false, deviation) : new(true, "checked against double precision"),
    };

    /// <summary>True on an AMD processor whose leaf 0x8000001D describes no cache.</summary>
    private static bool HidesCaches()
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0) is not (_, 0x6874_7541, 0x444d_4163, 0x6974_6e65)) // AuthenticAMD
            return false;
        return X86Base.CpuId(unchecked((int)0x8000_0000), 0).Eax < CacheTopologyLeaf
            || (X86Base.CpuId(CacheTopologyLeaf, 0).Eax & CacheTypeBits) == 0;
    }

    /// <summary>Compares convolutions by oneDNN with double precision.</summary>
    private static string? FindDeviation()
    {
        TorchSwitches.UseOneDnn(true);
        var threads = get_num_threads();
        try
        {
            foreach (var probe in Probes)
            {
                set_num_threads(probe.Threads);
                var deviation = probe.Deviation();
                if (!(deviation <= Tolerance))
                    return FormattableString.Invariant($"{probe} deviates by {deviation:G2} from double precision");
            }
            return null;
        }
        finally
        {
            set_num_threads(threads);
        }
    }
}
