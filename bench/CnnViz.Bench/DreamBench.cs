using System.Diagnostics;
using System.Globalization;
using CnnViz.Networks;
using CnnViz.Running;
using CnnViz.Runtime;
using CnnViz.Synthesis.Dreaming;
using static TorchSharp.torch;

namespace CnnViz.Bench;

/// <summary>Two steps at each of four sizes of a dream of 1024×768 pixels by SqueezeNet 1.1 with random weights; the settings are those of dream_peer.py.</summary>
internal static class DreamBench
{
    private const int WarmUp = 1;

    public static void Run(int threads, int passes)
    {
        TorchSetup.Ensure();
        set_num_threads(threads);
        using var model = ModelSource.Parse("squeezenet1_1").Open(new ModelImportOptions());
        var random = new Random(0);
        var image = new CnnImage([.. Enumerable.Range(0, 3 * 768 * 1024).Select(_ => random.NextSingle())], 3, 768, 1024);
        var options = new DreamOptions { Layer = ["features.10"], Step = 2 };
        for (var pass = -WarmUp; pass < passes; pass++)
        {
            var seconds = 0.0;
            var processor = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            // What the model says of the dream is no part of the loop.
            DeepDreamer.Make(model, image, options, new RunOptions { Progress = new Clock(() => seconds = Stopwatch.GetElapsedTime(start).TotalSeconds), ReportInterval = TimeSpan.Zero });
            processor = Environment.CpuUsage.TotalTime - processor;
            if (pass >= 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"pass\": {pass}, \"seconds\": {seconds:0.0000}, \"processor\": {processor.TotalSeconds:0.0000}}}"));
        }
    }

    private sealed class Clock(Action tick) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => tick();
    }
}
