using System.Diagnostics;
using CnnViz.Backend;
using TorchSharp;

namespace CnnViz.Runtime;

/// <summary>Looks at the runtime: which libtorch and BLAS are loaded, and how fast they multiply.</summary>
public static class RuntimeInspection
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(0.8);
    private const int LargestProduct = 2048;

    /// <summary>Loads libtorch and reports on it.</summary>
    /// <param name="measureSpeed">True to multiply matrices for about two seconds.</param>
    /// <param name="cancellation">Checked between the products.</param>
    /// <exception cref="CnnVizException"><c>RuntimeMissing</c>: there is no libtorch that fits.</exception>
    public static RuntimeReport Inspect(bool measureSpeed = true, CancellationToken cancellation = default)
    {
        TorchSetup.Ensure();
        var processor = Processor.Current;
        var blas = BlasLibrary.Find(TorchRuntime.Configuration);
        double? float32 = measureSpeed ? MeasureGflops(torch.float32, cancellation) : null;
        double? bfloat16 = measureSpeed && processor.HasBFloat16 ? MeasureGflops(torch.bfloat16, cancellation) : null;
        return new RuntimeReport
        {
            Backend = TorchRuntime.Name,
            LibTorchVersion = TorchRuntime.LibTorchVersion,
            LibTorchDirectory = LoadedLibraries.Paths()
                .Where(path => Path.GetFileName(path).Contains("torch_cpu", StringComparison.Ordinal))
                .Select(Path.GetDirectoryName)
                .FirstOrDefault(),
            Blas = blas.Kind,
            BlasPath = blas.Path,
            ImageCodec = DescribeImageCodec(),
            Processor = processor.Name,
            PhysicalCores = processor.PhysicalCores,
            Threads = torch.get_num_threads(),
            HasBFloat16 = processor.HasBFloat16,
            Devices = Devices.Available,
            Float32Gflops = float32,
            BFloat16Gflops = bfloat16,
            Advice = ((string?[])
            [
                RuntimeAdvice.ForBlas(blas.Kind),
                RuntimeAdvice.ForThreads(torch.get_num_threads(), processor.PhysicalCores),
                RuntimeAdvice.ForBFloat16(processor.HasBFloat16, float32, bfloat16),
            ]).OfType<string>().ToArray(),
        };
    }

    /// <summary>A report says what is missing; it does not fail for it.</summary>
    private static string DescribeImageCodec()
    {
        try
        {
            return ImageCodec.Version;
        }
        catch (BackendException missing)
        {
            return missing.Message;
        }
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
                factor.matmul(factor).Dispose();
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
