using System.Diagnostics;
using System.Globalization;
using CnnViz.Data;
using CnnViz.Networks.Zoo;
using CnnViz.Reading;
using CnnViz.Running;
using CnnViz.Runtime;
using CnnViz.Training;
using static TorchSharp.torch;

namespace CnnViz.Bench;

/// <summary>300 forward and backward passes, and 300 readings, in a loop without a using statement: the resident memory after the first ten and after all.</summary>
internal static class MemoryBench
{
    public static void Run()
    {
        TorchSetup.Ensure();
        var digits = Datasets.Digits();
        var model = CnnModel.CreateRandom(LeNet5.Thesis(), 0);
        var image = digits.Train.GetImage(0);
        Loop("reading", () => FeatureReader.Read(model, [image], new FeatureMapOptions()));
        var options = new LeNetTrainingOptions { Epoch = 1, BatchSize = 64 };
        var few = new DatasetSplits("digits", digits.Train.Subset(..64), null);
        Loop("training", () => LeNetTraining.Train(few, options, new RunOptions()));
    }

    private static void Loop(string what, Action pass)
    {
        long first = 0, peak = 0;
        for (var i = 1; i <= 300; i++)
        {
            pass();
            using var process = Process.GetCurrentProcess();
            if (i <= 10)
                first = Math.Max(first, process.WorkingSet64);
            peak = Math.Max(peak, process.WorkingSet64);
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"memory\": \"{what}\", \"first_ten_mb\": {first / 1e6:0}, \"peak_mb\": {peak / 1e6:0}, \"ratio\": {(double)peak / first:0.00}, \"tensors\": {Tensor.TotalCount}}}"));
    }
}
