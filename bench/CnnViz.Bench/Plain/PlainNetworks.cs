using static TorchSharp.torch;

namespace CnnViz.Bench.Plain;

/// <summary>Networks of the comparisons as a reader of TorchSharp's documentation would write them: one functional call after the other.</summary>
internal static class PlainNetworks
{
    private static readonly HashSet<int> SqueezeNetPools = [2, 5, 8];

    /// <summary>Positions of VGG-19's convolutions among its features; -1 stands for a pooling.</summary>
    private static readonly int[] Vgg19Features = [0, 2, -1, 5, 7, -1, 10, 12, 14, 16, -1, 19, 21, 23, 25, -1, 28, 30, 32, 34, -1];

    /// <summary>VGG-19's logits for a normalised batch <c>[N, 3, 224, 224]</c>.</summary>
    /// <param name="weights">Its parameters by torchvision's names.</param>
    /// <param name="x">The batch.</param>
    /// <param name="see">Is shown the output of each ReLU with its position among the features.</param>
    /// <param name="last">The position of the last ReLU that is needed; null for the logits.</param>
    public static Tensor Vgg19(IReadOnlyDictionary<string, Tensor> weights, Tensor x, Action<int, Tensor>? see = null, int? last = null)
    {
        foreach (var position in Vgg19Features)
        {
            if (position < 0)
            {
                x = nn.functional.max_pool2d(x, [2, 2]);
                continue;
            }
            x = nn.functional.conv2d(x, weights[$"features.{position}.weight"], weights[$"features.{position}.bias"], padding: [1, 1]).relu_();
            see?.Invoke(position + 1, x);
            if (position + 1 == last)
                return x;
        }
        x = x.flatten(1);
        foreach (var position in (int[])[0, 3, 6])
        {
            x = nn.functional.linear(x, weights[$"classifier.{position}.weight"], weights[$"classifier.{position}.bias"]);
            x = position < 6 ? x.relu_() : x;
        }
        return x;
    }

    /// <summary>SqueezeNet 1.1's logits, or the output of one of its features.</summary>
    /// <param name="weights">Its parameters by torchvision's names.</param>
    /// <param name="x">The normalised batch.</param>
    /// <param name="last">The position of the last feature that is needed; null for the logits.</param>
    public static Tensor SqueezeNet(IReadOnlyDictionary<string, Tensor> weights, Tensor x, int? last = null)
    {
        x = nn.functional.conv2d(x, weights["features.0.weight"], weights["features.0.bias"], [2, 2]).relu_();
        for (var position = 2; position <= 12; position++)
        {
            x = SqueezeNetPools.Contains(position) ? nn.functional.max_pool2d(x, [3, 3], [2, 2], ceil_mode: true) : Fire(weights, $"features.{position}", x);
            if (position == last)
                return x;
        }
        x = nn.functional.conv2d(x, weights["classifier.1.weight"], weights["classifier.1.bias"]).relu_();
        return x.mean([2, 3]);
    }

    private static Tensor Fire(IReadOnlyDictionary<string, Tensor> weights, string name, Tensor x)
    {
        x = Convolve("squeeze", 0);
        return cat([Convolve("expand1x1", 0), Convolve("expand3x3", 1)], 1);

        Tensor Convolve(string part, long padding) =>
            nn.functional.conv2d(x, weights[$"{name}.{part}.weight"], weights[$"{name}.{part}.bias"], padding: [padding, padding]).relu_();
    }
}
