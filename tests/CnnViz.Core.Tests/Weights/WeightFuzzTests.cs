using System.Diagnostics;
using System.Globalization;
using CnnViz.Networks.Weights;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace CnnViz.Tests.Weights;

/// <summary>
/// Damaged weight files: whatever the damage, a file opens or is a named error, within a second and with memory in proportion to the file.
/// CNNVIZ_FUZZ_FILES (a folder) and CNNVIZ_FUZZ_COUNT run the same on other files and longer.
/// </summary>
[Collection(Alone.Name)]
public sealed class WeightFuzzTests(ITestOutputHelper output)
{
    private const long FreeBytes = 64 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Files => [.. Environment.GetEnvironmentVariable("CNNVIZ_FUZZ_FILES") is { } folder
        ? Directory.GetFiles(folder)
        : (string[])["checkpoint.pth", "types-protocol4-old.pth", "views.pth", "types.safetensors"]];

    private static int Count => int.Parse(Environment.GetEnvironmentVariable("CNNVIZ_FUZZ_COUNT") ?? "1500", CultureInfo.InvariantCulture);

    [Theory]
    [MemberData(nameof(Files))]
    public void Damage_gives_named_errors_in_time_and_in_proportion(string file)
    {
        var whole = file == "types.safetensors" ? Safetensors() : File.ReadAllBytes(WeightFiles.Path(file));
        ReadAll(whole);
        var tensors = Tensor.TotalCount;
        var errors = new Dictionary<string, int>(StringComparer.Ordinal);
        var (slowest, largest) = (TimeSpan.Zero, 0L);
        for (var seed = 0; seed < Count; seed++)
        {
            var mutant = Mutation.Of(whole, seed);
            var before = ResetPeak();
            var start = Stopwatch.GetTimestamp();
            var outcome = Outcome(mutant, seed);
            var elapsed = Stopwatch.GetElapsedTime(start);
            var memory = Peak() - before;
            errors[outcome] = errors.GetValueOrDefault(outcome) + 1;
            (slowest, largest) = (elapsed > slowest ? elapsed : slowest, Math.Max(largest, memory));
            Assert.True(elapsed < Limit, $"seed {seed} took {elapsed}.");
            Assert.True(memory < FreeBytes + 4 * mutant.Length, $"seed {seed} took {memory:N0} bytes for a file of {mutant.Length:N0}.");
        }
        Assert.Equal(tensors, Tensor.TotalCount);
        output.WriteLine(
            $"{Path.GetFileName(file)}: {Count} mutations of {whole.Length:N0} bytes; slowest {slowest.TotalMilliseconds:0} ms, at most {largest / 1e6:0.0} MB; {string.Join(", ", errors.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"))}");
    }

    private static string Outcome(byte[] mutant, int seed)
    {
        try
        {
            ReadAll(mutant);
            return "opened";
        }
        catch (CnnVizException error)
        {
            return error.ErrorId;
        }
        catch (Exception defect)
        {
            throw new InvalidOperationException($"seed {seed} gives no named error", defect);
        }
    }

    private static void ReadAll(byte[] bytes)
    {
        using var scope = NewDisposeScope();
        using var file = WeightFile.Open(new MemoryStream(bytes), "mutant");
        foreach (var name in file.Entries.Keys)
            file.ReadTensor(name).Dispose();
    }

    private static byte[] Safetensors()
    {
        using var folder = new TemporaryFolder();
        using var content = WeightFile.Read(WeightFiles.Path("types.pth"));
        SafetensorsFile.Write(folder["a"], [.. content.Tensors], new Dictionary<string, string> { ["key"] = "text" });
        return File.ReadAllBytes(folder["a"]);
    }

    /// <summary>Starts a new peak of the resident memory and gives what is resident now; 0 where the system does not tell.</summary>
    private static long ResetPeak()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        File.WriteAllText("/proc/self/clear_refs", "5");
        return Status("VmRSS:");
    }

    private static long Peak() => OperatingSystem.IsLinux() ? Status("VmHWM:") : 0;

    private static long Status(string key) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
