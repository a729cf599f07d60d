using System.Runtime.InteropServices;
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
        Assert.Equal("2.10.0", report.LibTorchVersion);
        Assert.True(Directory.Exists(report.LibTorchDirectory));
        Assert.NotEmpty(report.OneDnn.Reason);
        Assert.True(report.Float32Gflops > 0);
        Assert.Equal(report.HasBFloat16, report.BFloat16Gflops is not null);
        Assert.Contains("cpu", report.Devices);
    }

    [Fact]
    public void The_speed_check_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => RuntimeInspection.Inspect(cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void Nothing_is_said_where_all_is_well()
    {
        Assert.Null(RuntimeAdvice.ForThreads(4, 4));
        Assert.Null(RuntimeAdvice.ForBFloat16(isInHardware: true, 100, 300));
        Assert.Null(RuntimeAdvice.ForBFloat16(isInHardware: false, 100, null));
        Assert.NotNull(RuntimeAdvice.ForBFloat16(isInHardware: true, 100, 20));
    }

    [Fact]
    public void An_error_of_libtorch_becomes_an_error_with_an_id()
    {
        using var scope = torch.NewDisposeScope();
        var ofLibTorch = Assert.Throws<ExternalException>(() => torch.ones([2, 3]).mm(torch.ones([2, 3])));
        var computing = ErrorTranslation.Translate(ofLibTorch, "Get-X")!;
        Assert.Equal("ComputationFailed", computing.ErrorId);
        Assert.Contains("Get-X failed: mat1 and mat2 shapes cannot be multiplied", computing.Message, StringComparison.Ordinal);
        Assert.Null(ErrorTranslation.Translate(new System.Net.Sockets.SocketException(), "Get-X"));
        Assert.Null(ErrorTranslation.Translate(new InvalidOperationException(), "Get-X"));
    }
}
