using System.Diagnostics;
using System.Globalization;
using CnnViz.Networks.Weights;
using CnnViz.Runtime;

namespace CnnViz.Bench;

/// <summary>
/// Reads a model file once, in a process that has done nothing before but load libtorch: the architecture is recognised, the network built, the
/// weights read and looked through for values that are not finite. Memory is the peak above what was resident before.
/// </summary>
internal static class LoadBench
{
    public static void Run(string path)
    {
        TorchSetup.Ensure();
        TorchSharp.torch.zeros([1]).Dispose();
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = Status("VmRSS:");
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        using var model = ModelFile.Load(path);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        processor = Environment.CpuUsage.TotalTime - processor;
        var ratio = (Status("VmHWM:") - before) / (double)new FileInfo(path).Length;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"architecture\": \"{model.Architecture}\", \"seconds\": {seconds:0.0000}, \"processor\": {processor.TotalSeconds:0.0000}, \"peak_over_file\": {ratio:0.000}}}"));
    }

    private static long Status(string key) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
