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

    /// <summary>Rosenbrock's valley, of which plain steps of 1 soon lose the way.</summary>
    [Theory]
    [InlineData(1e-9)]
    [InlineData(1)]
    [InlineData(1e9)]
    public void With_a_line_search_every_step_lowers_the_loss_whatever_its_size(double scale)
    {
        using var scope = NewDisposeScope();
        var values = tensor([-1.2f, 1], [2]);
        using var optimizer = new LimitedMemoryBfgs(values) { HasLineSearch = true };
        var current = Valley(values, scale);
        for (var step = 0; step < 60; step++)
        {
            var next = optimizer.Step(current, () => Valley(values, scale), 1)!;
            Assert.True(next.Loss < current.Loss || ReferenceEquals(next, current), $"Step {step} goes from {current.Loss} to {next.Loss}.");
            if (!ReferenceEquals(next, current))
                current.Dispose();
            current = next;
        }
        Assert.InRange(current.Loss / scale, 0, 1e-4);
        current.Dispose();
    }

    [Fact]
    public void A_line_search_turns_back_where_there_is_no_number_and_stays_where_nothing_is_better()
    {
        using var scope = NewDisposeScope();
        var values = tensor([1f], [1]);
        using var optimizer = new LimitedMemoryBfgs(values) { HasLineSearch = true };
        using var start = new Place(0, tensor([1f], [1]));
        using var next = optimizer.Step(start, () => new Place(double.NaN, tensor([float.NaN], [1])), 1);
        Assert.Same(start, next);
        Assert.Equal([1f], TensorTransfer.ToArray(values));
    }

    private static Place Valley(Tensor values, double scale)
    {
        var (x, y) = ((double)TensorTransfer.ToArray(values)[0], (double)TensorTransfer.ToArray(values)[1]);
        var loss = (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
        return new Place(scale * loss, tensor([(float)(scale * (-2 * (1 - x) - 400 * x * (y - x * x))), (float)(scale * 200 * (y - x * x))], [2]));
    }

    private sealed class Place(double loss, Tensor gradient) : Evaluation(loss, gradient);

    private static Tensor Start() => tensor([-1.2f, 1, 0.5f, 2], [4]);

    /// <summary>Of (1 − a)² + (b − a²)² + 2(c − 3)² + ½(d + 1)² + 0.3·c·d.</summary>
    private static Tensor Gradient(Tensor values)
    {
        var (a, b, c, d) = (Value(0), Value(1), Value(2), Value(3));
        return tensor([-2 * (1 - a) - 4 * a * (b - a * a), 2 * (b - a * a), 4 * (c - 3) + 0.3f * d, d + 1 + 0.3f * c], [4]);

        float Value(int index) => TensorTransfer.ToArray(values)[index];
    }
}
