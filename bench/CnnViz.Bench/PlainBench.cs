using System.Diagnostics;
using System.Globalization;
using CnnViz.Attacks;
using CnnViz.Bench.Plain;
using CnnViz.Data;
using CnnViz.Networks;
using CnnViz.Reading;
using CnnViz.Running;
using CnnViz.Runtime;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Dreaming;
using CnnViz.Synthesis.Style;
using CnnViz.Training;
using static TorchSharp.torch;

namespace CnnViz.Bench;

/// <summary>CnnViz against the same work as a plain loop over TorchSharp, in turns within one process: a JSON line a turn with the seconds of both.</summary>
internal static class PlainBench
{
    private const int WarmUp = 1;
    private const int StyleSteps = 6;
    private static readonly Random Noise = new(0);

    /// <summary>Runs a comparison.</summary>
    /// <param name="name">vgg19, saliency, gradcam, pgd, dream, style or lenet.</param>
    /// <param name="threads">libtorch's threads.</param>
    /// <param name="turns">Turns that are printed.</param>
    /// <param name="folder">MNIST's folder, for lenet.</param>
    public static void Run(string name, int threads, int turns, string? folder)
    {
        TorchSetup.Ensure();
        set_num_threads(threads);
        var (ours, plain) = Prepare(name, folder);
        for (var turn = -WarmUp; turn < turns; turn++)
        {
            var (mine, other) = (ours(), plain());
            if (turn >= 0)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{{\"turn\": {turn}, \"ours\": {mine:0.0000}, \"plain\": {other:0.0000}, \"ratio\": {mine / other:0.000}}}"));
            }
        }
    }

    /// <summary>The largest resident memory of a process that does one side's work alone.</summary>
    /// <param name="name">The comparison.</param>
    /// <param name="isOurs">True for CnnViz, false for the plain loop.</param>
    /// <param name="threads">libtorch's threads.</param>
    /// <param name="turns">How often the work is done.</param>
    public static void Peak(string name, bool isOurs, int threads, int turns)
    {
        TorchSetup.Ensure();
        set_num_threads(threads);
        var (ours, plain) = Prepare(name, null);
        for (var turn = 0; turn < turns; turn++)
            _ = isOurs ? ours() : plain();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"peak_mb\": {process.PeakWorkingSet64 / 1e6:0}}}"));
    }

    /// <summary>The two sides; each gives its seconds.</summary>
    private static (Func<double> Ours, Func<double> Plain) Prepare(string name, string? folder) => name switch
    {
        "vgg19" => Vgg19(),
        "saliency" => Saliency(new SaliencyOptions { Method = [SaliencyMethod.Gradient], Sign = SaliencySign.Absolute }, PlainLoops.Saliency),
        "gradcam" => Saliency(new SaliencyOptions { Method = [SaliencyMethod.GradCam] }, PlainLoops.GradCam),
        "pgd" => Pgd(),
        "dream" => Dream(),
        "style" => Style(),
        "lenet" => LeNet(folder ?? throw new ArgumentException("lenet needs MNIST's folder.", nameof(folder))),
        _ => throw new ArgumentException($"There is no comparison '{name}'.", nameof(name)),
    };

    private static (Func<double> Ours, Func<double> Plain) Vgg19()
    {
        var model = Model("vgg19");
        var image = rand([1, 3, 224, 224]);
        return (Time(() =>
        {
            using var mode = no_grad();
            model.Run(image).Dispose();
        }), Time(() => PlainLoops.Forward(model.Weights, image)));
    }

    private static (Func<double> Ours, Func<double> Plain) Saliency(SaliencyOptions options, Action<IReadOnlyDictionary<string, Tensor>, Tensor> plain)
    {
        var model = Model("vgg19");
        var image = Picture(224, 224);
        var input = Batch([image]);
        options = options with { Target = ["3"], Preprocessing = PreprocessingMode.Raw };
        return (Time(() => SaliencyReader.Read(model, [image], options)), Time(() => plain(model.Weights, input)));
    }

    private static (Func<double> Ours, Func<double> Plain) Pgd()
    {
        var model = Model("squeezenet1_1");
        CnnImage[] pictures = [.. Enumerable.Range(0, 16).Select(_ => Picture(224, 224))];
        var problem = new AttackProblem([model], new CnnTensor([.. pictures.SelectMany(picture => picture.Data)], [16, 3, 224, 224], "NCHW"), [.. Enumerable.Range(0, 16)]);
        var (images, labels) = (Batch(pictures), arange(16));
        var stepSize = 2.0 / 255;
        return (Time(() =>
        {
            using var attack = AttackMethods.Create(new AttackOptions { Step = 10, StepSize = new Fraction(stepSize), Epsilon = problem.Epsilon }, problem);
            CnnViz.Running.Run.ToEnd(attack, new RunOptions());
        }), Time(() => PlainLoops.Pgd(model.Weights, images, labels, problem.Epsilon, stepSize)));
    }

    /// <summary>Four steps at 1024×768; ours without what the model says of the result.</summary>
    private static (Func<double> Ours, Func<double> Plain) Dream()
    {
        const int Steps = 4;
        var model = Model("squeezenet1_1");
        var image = Picture(768, 1024);
        var start = Batch([image]);
        var options = new DreamOptions { Layer = ["features.10"], Step = Steps, Octave = 1 };
        return (() =>
        {
            var seconds = 0.0;
            var began = Stopwatch.GetTimestamp();
            var clock = new Clock(() => seconds = Stopwatch.GetElapsedTime(began).TotalSeconds);
            DeepDreamer.Make(model, image, options, new RunOptions { Progress = clock, ReportInterval = TimeSpan.Zero });
            return seconds;
        }, Time(() =>
        {
            using var scope = NewDisposeScope();
            var dreamt = start;
            for (var step = 0; step < Steps; step++)
                dreamt = PlainLoops.DreamStep(model.Weights, dreamt, 1.5 / 255);
        }));
    }

    /// <summary>The mean of some steps of Adam at 256×256, the first left out.</summary>
    private static (Func<double> Ours, Func<double> Plain) Style()
    {
        const int Size = 256;
        var model = Model("vgg19");
        var (content, style) = (Picture(Size, Size), Picture(Size, Size));
        var options = new StyleOptions
        {
            Preset = StylePreset.NeuralStyle,
            Initialization = StyleStart.Content,
            Optimizer = SynthesisOptimizer.Adam,
            AverageDecay = 0,
            Scale = [Size],
            Step = StyleSteps,
        };
        var (wanted, grams) = PlainLoops.StyleTargets(model.Weights, Batch([content]), Batch([style]));
        return (() =>
        {
            var times = new List<long>();
            var clock = new Clock(() => times.Add(Stopwatch.GetTimestamp()));
            StyleTransfer.Make(model, content, [style], options, new RunOptions { Progress = clock, ReportInterval = TimeSpan.Zero });
            return Stopwatch.GetElapsedTime(times[0], times[^1]).TotalSeconds / (times.Count - 1);
        }, () =>
        {
            using var scope = NewDisposeScope();
            using var image = new TorchSharp.Modules.Parameter(Batch([content]));
            using var adam = optim.Adam([image], lr: 0.02);
            var times = new List<long>();
            for (var step = 0; step < StyleSteps; step++)
            {
                PlainLoops.StyleStep(model.Weights, image, wanted, grams, adam);
                times.Add(Stopwatch.GetTimestamp());
            }
            return Stopwatch.GetElapsedTime(times[0], times[^1]).TotalSeconds / (times.Count - 1);
        }
        );
    }

    /// <summary>An epoch of MNIST; a turn is a training of one epoch.</summary>
    private static (Func<double> Ours, Func<double> Plain) LeNet(string folder)
    {
        var data = Datasets.OpenFolder(folder);
        var images = tensor(Array.ConvertAll(data.Train.ReadPixels()!, value => value / 255f), [data.Train.Count, 1, 28, 28]);
        var labels = tensor(Array.ConvertAll(data.Train.GetClasses(), label => (long)label));
        return (() =>
        {
            using var model = LeNetTraining.Train(data, new LeNetTrainingOptions { Epoch = 1 }, new RunOptions())!;
            return model.History[0].Seconds;
        }, () => PlainLeNet.Train(images, labels, 1).Single());
    }

    private static CnnModel Model(string architecture) => ModelSource.Parse(architecture).Open(new ModelImportOptions());

    private static CnnImage Picture(int height, int width) =>
        new([.. Enumerable.Range(0, 3 * height * width).Select(_ => Noise.NextSingle())], 3, height, width);

    private static Tensor Batch(CnnImage[] pictures) =>
        tensor(pictures.SelectMany(picture => picture.Data).ToArray(), [pictures.Length, 3, pictures[0].Height, pictures[0].Width]);

    private static Func<double> Time(Action work) => () =>
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    };

    private sealed class Clock(Action tick) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => tick();
    }
}
