using System.Diagnostics;
using System.Globalization;
using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Bench;

/// <summary>A forward pass of VGG-19 with random weights through the interpreter.</summary>
internal static class Vgg19Bench
{
    private const int WarmUp = 2;

    public static void Run(int threads, int passes)
    {
        TorchSetup.Ensure();
        set_num_threads(threads);
        using var model = CnnModel.CreateRandom(Build(), 0);
        using var image = rand([1, 3, 224, 224]);
        for (var pass = -WarmUp; pass < passes; pass++)
        {
            var start = Stopwatch.GetTimestamp();
            using (no_grad())
                model.Run(image).Dispose();
            if (pass >= 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"pass\": {pass}, \"seconds\": {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0000}}}"));
        }
    }

    private static Network Build()
    {
        var builder = new NetworkBuilder();
        var channels = 3;
        foreach (var (width, count) in ((int, int)[])[(64, 2), (128, 2), (256, 4), (512, 4), (512, 4)])
        {
            for (var i = 0; i < count; i++)
            {
                builder.Add($"conv{builder.Last}", new Convolution(channels, width, 3) { Padding = 1 }).Add($"relu{builder.Last}", new Activation(ActivationFunction.Relu));
                channels = width;
            }
            builder.Add($"pool{builder.Last}", new MaxPooling(2));
        }
        return builder.Add("flatten", new Flatten())
            .Add("fc1", new Dense(512 * 7 * 7, 4096)).Add("relu.fc1", new Activation(ActivationFunction.Relu))
            .Add("fc2", new Dense(4096, 4096)).Add("relu.fc2", new Activation(ActivationFunction.Relu))
            .Add("fc3", new Dense(4096, 1000)).Build("vgg19", [3, 224, 224]);
    }
}
