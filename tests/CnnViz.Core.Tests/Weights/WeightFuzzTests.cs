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
        var tensors = Alone.CountTensors();
        var errors = new Dictionary<string, int>(StringComparer.Ordinal);
        var (slowest, largest) = (TimeSpan.Zero, 0L);
        for (var seed = 0; seed < Count; seed++)
        {
            var mutant = Mutation.Of(whole, seed);
            var outcome = "";
            var cost = Cost.Of(() => outcome = Outcome(mutant, seed));
            cost.AssertModest(mutant.Length, $"seed {seed}");
            errors[outcome] = errors.GetValueOrDefault(outcome) + 1;
            (slowest, largest) = (cost.Time > slowest ? cost.Time : slowest, Math.Max(largest, cost.Bytes));
        }
        Assert.Equal(tensors, Tensor.TotalCount);
        output.WriteLine(
            $"{Path.GetFileName(file)}: {Count} mutations of {whole.Length:N0} bytes; slowest {slowest.TotalMilliseconds:0} ms, at most {largest / 1e6:0.0} MB; {string.Join(", ", errors.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"))}");
    }

    [Fact]
    public void Files_made_to_cost_much_cost_little()
    {
        byte[] pickle = [0x80, 2];
        byte[] magic = [.. pickle, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.', .. pickle, (byte)'M', 0xe9, 3, (byte)'.', .. pickle, (byte)'}', (byte)'.'];
        Dictionary<string, byte[]> files = new()
        {
            ["mappings"] = [.. pickle, .. Enumerable.Repeat((byte)'}', 5_000_000)],
            ["lists in lists"] = [.. magic, .. pickle, .. Enumerable.Repeat((byte)']', 140_000), .. Enumerable.Repeat((byte)'a', 139_999), (byte)'.'],
            ["things remembered"] = [.. pickle, .. Enumerable.Range(0, 1_000_000).SelectMany(index => (byte[])[(byte)']', (byte)'r', .. BitConverter.GetBytes(index)])],
            ["a mapping in itself"] = [.. magic, .. pickle, (byte)'}', (byte)'q', 0, (byte)'X', 1, 0, 0, 0, (byte)'a', (byte)'h', 0, (byte)'s', (byte)'.'],
            ["doubled tuples"] = [.. magic, .. pickle, (byte)')', .. Enumerable.Repeat<byte[]>([(byte)'2', 0x86], 100_000).SelectMany(step => step), (byte)'.'],
            ["a long shape"] = WithHeader($"{{\"a\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', Enumerable.Repeat('1', 1_000_000))}],\"data_offsets\":[0,4]}}}}"),
            ["many tensors"] = WithHeader($"{{{string.Join(',', Enumerable.Range(0, 15_000).Select(index => $"\"{index}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}"))}}}"),
            ["a long header"] = WithHeader($"{{\"__metadata__\":{{\"a\":\"{new string('b', 50_000_000)}\"}}}}"),
        };
        Outcome(files["a mapping in itself"], 0);
        foreach (var (what, bytes) in files)
        {
            var outcome = "";
            var cost = Cost.Of(() => outcome = Outcome(bytes, 0));
            output.WriteLine($"{what}: {outcome}, {cost.Time.TotalMilliseconds:0} ms, {cost.Bytes / 1e6:0.0} MB for {bytes.Length / 1e6:0.0} MB");
            cost.AssertModest(bytes.Length, what);
        }
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

    private static byte[] WithHeader(string header)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)text.Length), .. text];
    }
}
