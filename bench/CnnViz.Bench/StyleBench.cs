using System.Diagnostics;
using System.Globalization;
using CnnViz.Networks;
using CnnViz.Running;
using CnnViz.Runtime;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Style;
using static TorchSharp.torch;

namespace CnnViz.Bench;

/// <summary>Steps of a style transfer with VGG-19 of random weights and Adam, six layers, as Invoke-StyleTransfer makes them; style_peer.py takes the same.</summary>
internal static class StyleBench
{
    private const int WarmUp = 2;

    public static void Run(string precision, int size, int threads, int steps)
    {
        TorchSetup.Ensure();
        set_num_threads(threads);
        using var model = ModelSource.Parse("vgg19").Open(new ModelImportOptions { Precision = Enum.Parse<Precision>(precision, ignoreCase: true) });
        var random = new Random(0);
        var clock = new StepClock();
        var options = new StyleOptions { Preset = StylePreset.NeuralStyle, Initialization = StyleStart.Content, Optimizer = SynthesisOptimizer.Adam, AverageDecay = 0, Scale = [size], Step = WarmUp + steps };
        StyleTransfer.Make(model, Noise(), [Noise()], options, new RunOptions { Progress = clock, ReportInterval = TimeSpan.Zero });
        using var process = Process.GetCurrentProcess();
        foreach (var (pass, seconds) in clock.Seconds.Skip(WarmUp).Index())
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{{\"pass\": {pass}, \"seconds\": {seconds:0.0000}, \"peak_mb\": {process.PeakWorkingSet64 / 1e6:0}}}"));
        }

        CnnImage Noise() => new([.. Enumerable.Range(0, 3 * size * size).Select(_ => random.NextSingle())], 3, size, size);
    }

    /// <summary>The time from each report to the next.</summary>
    private sealed class StepClock : IProgress<RunProgress>
    {
        private readonly List<double> _seconds = [];
        private long _last = Stopwatch.GetTimestamp();

        public IReadOnlyList<double> Seconds => _seconds;

        public void Report(RunProgress value)
        {
            _seconds.Add(Stopwatch.GetElapsedTime(_last).TotalSeconds);
            _last = Stopwatch.GetTimestamp();
        }
    }
}
