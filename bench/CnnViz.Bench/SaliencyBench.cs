using System.Diagnostics;
using System.Globalization;
using CnnViz.Networks;
using CnnViz.Reading;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Bench;

/// <summary>One map of one picture of 224×224 pixels by a network with random weights, as Get-SaliencyMap makes it; the settings are those of saliency_peer.py.</summary>
internal static class SaliencyBench
{
    private const int WarmUp = 1;
    private const string BFloat16 = "-bfloat16";

    public static void Run(string method, int threads, int passes, int? batchSize)
    {
        TorchSetup.Ensure();
        set_num_threads(threads);
        var (architecture, options) = Setting(method);
        using var model = ModelSource.Parse(architecture).Open(new ModelImportOptions { Precision = method.EndsWith(BFloat16, StringComparison.Ordinal) ? Precision.BFloat16 : null });
        var random = new Random(0);
        var image = new CnnImage([.. Enumerable.Range(0, 3 * 224 * 224).Select(_ => random.NextSingle() - 0.5f)], 3, 224, 224);
        options = options with { Target = ["3"], Preprocessing = PreprocessingMode.Raw, BatchSize = batchSize };
        for (var pass = -WarmUp; pass < passes; pass++)
        {
            var processor = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            SaliencyReader.Read(model, [image], options);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            processor = Environment.CpuUsage.TotalTime - processor;
            if (pass >= 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"pass\": {pass}, \"seconds\": {seconds:0.0000}, \"processor\": {processor.TotalSeconds:0.0000}}}"));
        }
    }

    private static (string Architecture, SaliencyOptions Options) Setting(string method) => method switch
    {
        "saliency" or $"saliency{BFloat16}" => ("vgg19", new SaliencyOptions { Method = [SaliencyMethod.Gradient], Sign = SaliencySign.Absolute }),
        "guided" => ("vgg19", new SaliencyOptions { Method = [SaliencyMethod.GuidedBackprop] }),
        "gradcam" => ("vgg19", new SaliencyOptions { Method = [SaliencyMethod.GradCam] }),
        "ig" => ("squeezenet1_1", new SaliencyOptions { Method = [SaliencyMethod.IntegratedGradients], Step = 50 }),
        "smoothgrad" => ("squeezenet1_1", new SaliencyOptions { Method = [SaliencyMethod.SmoothGrad], Sign = SaliencySign.Absolute, SampleCount = 50 }),
        "occlusion" => ("squeezenet1_1", new SaliencyOptions { Method = [SaliencyMethod.Occlusion], Window = 32, Stride = 16 }),
        "scorecam" => ("squeezenet1_1", new SaliencyOptions { Method = [SaliencyMethod.ScoreCam], Layer = ["features.12"] }),
        "ablationcam" => ("squeezenet1_1", new SaliencyOptions { Method = [SaliencyMethod.AblationCam], Layer = ["features.12"] }),
        _ => throw new ArgumentException($"There is no comparison '{method}'.", nameof(method)),
    };
}
