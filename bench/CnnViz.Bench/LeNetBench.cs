using System.Globalization;
using CnnViz.Data;
using CnnViz.Running;
using CnnViz.Runtime;
using CnnViz.Training;
using TorchSharp;

namespace CnnViz.Bench;

/// <summary>Trains LeNet-5 as Invoke-LeNetTraining does; the seconds of an epoch are those of its training steps alone.</summary>
internal static class LeNetBench
{
    public static void Run(string folder, int threads, int epochs)
    {
        TorchSetup.Ensure();
        torch.set_num_threads(threads);
        var data = Datasets.OpenFolder(folder);
        using var model = LeNetTraining.Train(data, new LeNetTrainingOptions { Epoch = epochs }, new RunOptions())!;
        foreach (var epoch in model.History)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"epoch\": {epoch.Epoch}, \"seconds\": {epoch.Seconds:0.000}, \"loss\": {epoch.Loss:0.00000}, \"test_accuracy\": {epoch.TestAccuracy:0.0000}}}"));
        }
    }
}
