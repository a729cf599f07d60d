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

    /// <summary>Convolutions that went wrong: batch, channels in and out, size, kernel, and whether their input gradient did.</summary>
    private static readonly (int Batch, int Input, int Output, int Size, int Kernel, bool IsGradient)[] Probes =
    [
        (1, 1, 6, 28, 5, true),
        (1, 10, 20, 12, 5, true),
        (1, 20, 50, 12, 5, false),
        (8, 24, 64, 14, 3, false),
        (1, 512, 1000, 13, 1, false),
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

    /// <summary>Compares convolutions by oneDNN with the same in double precision, which libtorch computes itself.</summary>
    private static string? FindDeviation()
    {
        TorchSwitches.UseOneDnn(true);
        foreach (var probe in Probes)
        {
            var deviation = Deviation(probe);
            if (!(deviation <= Tolerance))
            {
                var kind = probe.IsGradient ? "the input gradient of " : "";
                return FormattableString.Invariant(
                    $"{kind}a {probe.Kernel}×{probe.Kernel} convolution {probe.Input}→{probe.Output} deviates by {deviation:G2} from double precision");
            }
        }
        return null;
    }

    private static double Deviation((int Batch, int Input, int Output, int Size, int Kernel, bool IsGradient) probe)
    {
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(probe.IsGradient);
        var image = Pattern(probe.Batch, probe.Input, probe.Size, probe.Size);
        var weight = Pattern(probe.Output, probe.Input, probe.Kernel, probe.Kernel);
        var expected = Compute(image, weight, probe.IsGradient);
        var found = Compute(image.to_type(ScalarType.Float32), weight.to_type(ScalarType.Float32), probe.IsGradient);
        var largest = (found.to_type(ScalarType.Float64) - expected).abs().max() / expected.abs().max();
        return largest.item<double>();
    }

    private static Tensor Compute(Tensor image, Tensor weight, bool isGradient)
    {
        if (!isGradient)
            return nn.functional.conv2d(image, weight);
        image = image.detach().requires_grad_(true);
        var output = nn.functional.conv2d(image, weight);
        return BackwardPass.Gradients([output], [image], [Pattern([.. output.shape.Select(size => (int)size)]).to_type(image.dtype)])[0];
    }

    /// <summary>Values in [-1,1] that no symmetry hides behind.</summary>
    private static Tensor Pattern(params int[] shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return arange(count, ScalarType.Float64).mul(0.7).sin().reshape([.. shape.Select(size => (long)size)]);
    }
}
