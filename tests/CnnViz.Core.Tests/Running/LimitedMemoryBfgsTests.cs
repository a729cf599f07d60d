using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Tests.Running;

public sealed class LimitedMemoryBfgsTests
{
    /// <summary>torch.optim.LBFGS(lr=1, max_iter=8, history_size=3, tolerances −1) of PyTorch 1.13, from the same start.</summary>
    [Fact]
    public void Steps_are_those_of_PyTorch()
    {
        using var scope = NewDisposeScope();
        var values = Start();
        using var optimizer = new LimitedMemoryBfgs(values) { History = 3 };
        for (var step = 0; step < 8; step++)
            optimizer.Step(Gradient(values), 1);
        var found = TensorTransfer.ToArray(values);
        double[] expected = [0.7803463339805603, 0.48839348554611206, 3.1314167976379395, -1.9522686004638672];
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-4);
    }

    [Fact]
    public void A_state_that_was_saved_and_restored_goes_on_with_the_same_bits()
    {
        using var scope = NewDisposeScope();
        var (values, copy) = (Start(), Start());
        using var optimizer = new LimitedMemoryBfgs(values) { History = 2 };
        for (var step = 0; step < 4; step++)
            optimizer.Step(Gradient(values), 1);
        using var checkpoint = new Checkpoint();
        optimizer.Save(checkpoint);
        copy.copy_(values);
        using var other = new LimitedMemoryBfgs(copy) { History = 2 };
        other.Restore(checkpoint);
        optimizer.Step(Gradient(values), 1);
        other.Step(Gradient(copy), 1);
        Assert.Equal(TensorTransfer.ToArray(values), TensorTransfer.ToArray(copy));
    }

    private static Tensor Start() => tensor([-1.2f, 1, 0.5f, 2], [4]);

    /// <summary>Of (1 − a)² + (b − a²)² + 2(c − 3)² + ½(d + 1)² + 0.3·c·d.</summary>
    private static Tensor Gradient(Tensor values)
    {
        var (a, b, c, d) = (Value(0), Value(1), Value(2), Value(3));
        return tensor([-2 * (1 - a) - 4 * a * (b - a * a), 2 * (b - a * a), 4 * (c - 3) + 0.3f * d, d + 1 + 0.3f * c], [4]);

        float Value(int index) => TensorTransfer.ToArray(values)[index];
    }
}
