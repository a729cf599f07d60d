using System.Diagnostics;
using System.Globalization;
using CnnViz.Attacks;
using CnnViz.Data;
using CnnViz.Networks;
using CnnViz.Networks.Weights;
using CnnViz.Running;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Bench;

/// <summary>The attacks of attack_peer.py with its settings.</summary>
internal static class AttackBench
{
    private const int WarmUp = 1;

    /// <summary>Ten steps of PGD on 16 pictures of 224×224 pixels by SqueezeNet 1.1 with random weights.</summary>
    public static void Gradient(int threads, int passes)
    {
        TorchSetup.Ensure();
        set_num_threads(threads);
        using var model = ModelSource.Parse("squeezenet1_1").Open(new ModelImportOptions());
        var random = new Random(0);
        using var problem = new AttackProblem(
            [model], new CnnTensor([.. Enumerable.Range(0, 16 * 3 * 224 * 224).Select(_ => random.NextSingle())], [16, 3, 224, 224], "NCHW"), [.. Enumerable.Range(0, 16)]);
        for (var pass = -WarmUp; pass < passes; pass++)
        {
            var processor = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            using (var attack = AttackMethods.Create(new AttackOptions { Step = 10, StepSize = new Fraction(2.0 / 255), Epsilon = problem.Epsilon }, problem))
                Run.ToEnd(attack, new RunOptions());
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            processor = Environment.CpuUsage.TotalTime - processor;
            if (pass >= 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"pass\": {pass}, \"seconds\": {seconds:0.0000}, \"processor\": {processor.TotalSeconds:0.0000}}}"));
        }
    }

    /// <summary>The smallest changes that fool, of MNIST's first test digits; of the pictures as files keep them.</summary>
    public static void Minimal(string folder, string weights, int count)
    {
        TorchSetup.Ensure();
        using var model = ModelFile.Load(weights);
        var digits = Datasets.OpenFolder(folder).Test!;
        CnnImage[] images = [.. Enumerable.Range(0, count).Select(digits.GetImage)];
        foreach (var method in (AttackMethod[])[AttackMethod.CarliniWagner, AttackMethod.DeepFool])
        {
            var start = Stopwatch.GetTimestamp();
            var outcome = AdversarialMaker.Make([model], images, new AttackOptions { Method = method }, new RunOptions());
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var lengths = Enumerable.Repeat("null", count).ToArray();
            var attacked = Enumerable.Range(0, count).Except(outcome.Failures.Select(failure => failure.Picture));
            foreach (var (picture, example) in attacked.Zip(outcome.Examples).Where(pair => pair.Second.Success))
                lengths[picture] = example.L2.ToString("R", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"method\": \"{method}\", \"seconds\": {seconds:0.00}, \"saved\": [{string.Join(", ", lengths)}]}}"));
        }
    }
}
