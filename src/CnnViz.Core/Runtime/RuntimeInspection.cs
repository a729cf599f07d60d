using System.Diagnostics;
using CnnViz.Imaging;
using TorchSharp;

namespace CnnViz.Runtime;

/// <summary>Reports on the runtime: which libtorch is loaded, how it computes, and how fast it multiplies.</summary>
public static class RuntimeInspection
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(0.8);
    private const int LargestProduct = 2048;

    /// <summary>Loads libtorch and reports on it.</summary>
    /// <param name="measureSpeed">True to multiply matrices for about two seconds.</param>
    /// <param name="cancellation">Checked between the products.</param>
    /// <exception cref="CnnVizException">As <see cref="TorchSetup.Ensure"/>.</exception>
    public static RuntimeReport Inspect(bool measureSpeed = true, CancellationToken cancellation = default)
    {
        TorchSetup.Ensure();
        var processor = Processor.Current;
        double? float32 = measureSpeed ? MeasureGflops(torch.float32, cancellation) : null;
        double? bfloat16 = measureSpeed && processor.HasBFloat16 ? MeasureGflops(torch.bfloat16, cancellation) : null;
        return new RuntimeReport
        {
            TorchSharpVersion = typeof(torch).Assembly.GetName().Version!.ToString(3),
            LibTorchVersion = Runtime.LibTorchVersion.Expected,
            LibTorchDirectory = Path.GetDirectoryName(NativeLibraries.TorchCpuFile)!,
            OneDnn = TorchSetup.OneDnn,
            ImageCodec = ImageCodec.Version,
            Processor = processor.Name,
            PhysicalCores = processor.PhysicalCores,
            Threads = torch.get_num_threads(),
            HasBFloat16 = processor.HasBFloat16,
            Devices = Devices.Available,
            Float32Gflops = float32,
            BFloat16Gflops = bfloat16,
            Advice = ((string?[])
            [
                RuntimeAdvice.ForThreads(torch.get_num_threads(), processor.PhysicalCores),
                RuntimeAdvice.ForBFloat16(processor.HasBFloat16, float32, bfloat16),
                RuntimeAdvice.ForOneDnn(TorchSetup.OneDnn),
            ]).OfType<string>().ToArray(),
        };
    }

    /// <summary>The best of several products of square matrices, as large as the time allows.</summary>
    private static double MeasureGflops(torch.ScalarType type, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        var watch = Stopwatch.StartNew();
        var (best, size) = (0.0, 128);
        while (watch.Elapsed < Budget)
        {
            using var round = torch.NewDisposeScope();
            var factor = torch.ones([size, size], type);
            TimeSpan elapsed;
            do
            {
                cancellation.ThrowIfCancellationRequested();
                var start = watch.Elapsed;
                factor.mm(factor).Dispose();
                elapsed = watch.Elapsed - start;
                best = Math.Max(best, 2.0 * size * size * size / elapsed.TotalSeconds / 1e9);
            }
            while (watch.Elapsed < Budget && size == LargestProduct);
            // A product of twice the size takes eight times as long.
            if (size < LargestProduct && elapsed * 8 < Budget / 2)
                size *= 2;
        }
        return best;
    }
}
