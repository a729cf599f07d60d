using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// The net of four fixed 4×4 filters of the article "Understanding CNNs through visualizations in PyTorch" (Habr 2019):
/// edges from the left, from the right, from above and from below, ReLU, and a 2×2 max-pooling. Nothing in it is learned.
/// </summary>
public static class FourFilters
{
    /// <summary>Its name.</summary>
    public const string Name = "four-filters";

    private const int Size = 4;

    /// <summary>Builds it for a 28×28 grey picture.</summary>
    public static Network Build()
    {
        var kernels = new float[4 * Size * Size];
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var (across, down) = (x < Size / 2 ? -1 : 1, y < Size / 2 ? -1 : 1);
                int[] values = [across, -across, down, -down];
                for (var filter = 0; filter < values.Length; filter++)
                    kernels[(filter * Size + y) * Size + x] = values[filter];
            }
        }
        return new NetworkBuilder()
            .Add("conv", new Convolution(1, 4, Size) { HasBias = false, Initial = new Initializer.Values(kernels) })
            .Add("relu", new Activation(ActivationFunction.Relu))
            .Add("pool", new MaxPooling(2))
            .Build(Name, [1, 28, 28]);
    }
}
