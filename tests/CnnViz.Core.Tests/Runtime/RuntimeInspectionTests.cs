using System.Runtime.InteropServices;
using CnnViz.Backend;
using CnnViz.Runtime;
using TorchSharp;

namespace CnnViz.Tests.Runtime;

[Collection(Alone.Name)]
public sealed class RuntimeInspectionTests
{
    [Fact]
    public void A_report_names_what_computes_and_measures_it()
    {
        var before = Alone.CountTensors();
        var report = RuntimeInspection.Inspect();
        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.NotEqual(BlasKind.Unknown, report.Blas);
        Assert.True(report.Float32Gflops > 0);
        Assert.Equal(report.HasBFloat16, report.BFloat16Gflops is not null);
        Assert.Contains("cpu", report.Devices);
    }

    [Fact]
    public void The_speed_check_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => RuntimeInspection.Inspect(cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void Warnings_are_handed_out_once()
    {
        TorchSetup.TakeWarnings();
        Assert.Empty(TorchSetup.TakeWarnings());
    }

    [Theory]
    [InlineData(BlasKind.Reference, "reference BLAS")]
    [InlineData(BlasKind.OpenBlasPthread, "contend")]
    [InlineData(BlasKind.OpenBlasSerial, "one core")]
    public void A_slow_library_is_advised_against(BlasKind blas, string expected)
    {
        var advice = RuntimeAdvice.ForBlas(blas);
        Assert.Contains(expected, advice, StringComparison.Ordinal);
        Assert.Contains("libopenblas0-openmp", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_where_all_is_well()
    {
        Assert.Null(RuntimeAdvice.ForBlas(BlasKind.OpenBlasOpenMP));
        Assert.Null(RuntimeAdvice.ForThreads(4, 4));
        Assert.Null(RuntimeAdvice.ForBFloat16(isInHardware: true, 100, 300));
        Assert.Null(RuntimeAdvice.ForBFloat16(isInHardware: false, 100, null));
        Assert.NotNull(RuntimeAdvice.ForBFloat16(isInHardware: true, 100, 20));
    }

    [Fact]
    public void What_a_backend_throws_becomes_an_error_with_an_id()
    {
        Assert.Equal("RuntimeMissing", ErrorTranslation.Translate(new BackendException(BackendFailure.RuntimeMissing, "no libtorch"), "Get-X")!.ErrorId);
        Assert.Equal("RuntimeMissing", ErrorTranslation.Translate(new TypeInitializationException("torch", new DllNotFoundException("LibTorchSharp")), "Get-X")!.ErrorId);
        using var scope = torch.NewDisposeScope();
        var ofLibTorch = Assert.Throws<ExternalException>(() => torch.ones([2, 3]).matmul(torch.ones([2, 3])));
        var computing = ErrorTranslation.Translate(ofLibTorch, "Get-X")!;
        Assert.Equal("ComputationFailed", computing.ErrorId);
        Assert.Contains("Get-X failed: mat1 and mat2 shapes cannot be multiplied", computing.Message, StringComparison.Ordinal);
        Assert.Null(ErrorTranslation.Translate(new System.Net.Sockets.SocketException(), "Get-X"));
        Assert.Null(ErrorTranslation.Translate(new InvalidOperationException(), "Get-X"));
    }
}
