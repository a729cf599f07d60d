using CnnViz.Networks.Weights;
using static TorchSharp.torch;

namespace CnnViz.Tests.Weights;

/// <summary>The files of tests/data/weights.</summary>
internal static class WeightFiles
{
    public static string Path(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "data", "weights", file);

    public static float[] Values(WeightContent content, string name)
    {
        using var scope = NewDisposeScope();
        return TensorTransfer.ToArray(content.Tensors[name].to(ScalarType.Float32));
    }
}
