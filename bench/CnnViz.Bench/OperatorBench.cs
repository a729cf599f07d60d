using System.Diagnostics;
using System.Globalization;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Bench;

/// <summary>What a call of a small operator costs from C#, freeing the result included.</summary>
internal static class OperatorBench
{
    private const int Calls = 10_000;
    private const int Repeats = 15;

    public static void Run()
    {
        TorchSetup.Ensure();
        set_num_threads(1);
        foreach (var grad in (bool[])[false, true])
        {
            using var mode = enable_grad(grad);
            var (one, square, matrix) = (ones([1], requires_grad: grad), ones([32, 32], requires_grad: grad), ones([8, 8], requires_grad: grad));
            Report("add 1", grad, () => one.add(one));
            Report("add 32x32", grad, () => square.add(square));
            Report("relu 32x32", grad, square.relu);
            Report("matmul 8x8", grad, () => matrix.matmul(matrix));
        }
    }

    private static void Report(string name, bool grad, Func<Tensor> call)
    {
        var times = new double[Repeats];
        for (var repeat = -1; repeat < Repeats; repeat++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Calls; i++)
                call().Dispose();
            if (repeat >= 0)
                times[repeat] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
        }
        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"operator\": \"{name}\", \"grad\": {(grad ? "true" : "false")}, \"microseconds\": {times[Repeats / 2]:0.000}}}"));
    }
}
