using System.Globalization;
using CnnViz.Data;
using CnnViz.Running;
using CnnViz.Runtime;
using CnnViz.Training;
using TorchSharp;

namespace CnnViz.Bench;

/// <summary>Trains LeNet-5 for one epoch as Invoke-LeNetTraining does; the seconds are those of its training steps alone.</summary>
internal static class LeNetBench
{
    public static void Run(string folder, int threads)
    {
        TorchSetup.Ensure();
        torch.set_num_threads(threads);
        var data = Datasets.OpenFolder(folder);
        using var model = LeNetTraining.Train(data, new LeNetTrainingOptions { Epoch = 1 }, new RunOptions())!;
        var epoch = model.History[0];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"epoch\": 1, \"seconds\": {epoch.Seconds:0.000}, \"loss\": {epoch.Loss:0.00000}, \"test_accuracy\": {epoch.TestAccuracy:0.0000}}}"));
    }
}
