using System.Diagnostics;
using System.Globalization;
using CnnViz.Networks.Zoo;
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
        using var model = CnnModel.CreateRandom(Architectures.Find("vgg19")!.Build(), 0);
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
}
