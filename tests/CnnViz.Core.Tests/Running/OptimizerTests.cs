using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Tests.Running;

public sealed class OptimizerTests
{
    /// <summary>PyTorch 1.13's values after five steps from (1, −2, 0.5) on ½θ² + i·(0.3, −0.1, 0.2)·θ, i = 1 … 5, at a learning rate of 0.1.</summary>
    public static TheoryData<string, double[]> PyTorch => new()
    {
        { "sgd", [0.1961670, -1.0495390, 0.0323630] },
        { "momentum", [-0.8380681, 0.3279560, -0.5538520] },
        { "nesterov and decay", [-1.1106969, 0.5949951, -0.7179883] },
        { "adam", [0.4978471, -1.4999999, -0.0022032] },
        { "adam and decay", [0.4978029, -1.5000995, -0.0022330] },
        { "adamw", [0.4780611, -1.4556707, -0.0096055] },
    };

    [Theory]
    [MemberData(nameof(PyTorch))]
    public void Steps_are_those_of_PyTorch(string kind, double[] expected)
    {
        using var scope = NewDisposeScope();
        var parameter = Start();
        using var optimizer = Make(kind, parameter);
        for (var step = 1; step <= 5; step++)
            optimizer.Step(Gradient(parameter, step), 0.1);
        var found = TensorTransfer.ToArray(parameter);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-6);
    }

    [Theory]
    [InlineData("nesterov and decay")]
    [InlineData("adam and decay")]
    public void A_state_that_was_saved_and_restored_goes_on_with_the_same_bits(string kind)
    {
        using var scope = NewDisposeScope();
        var (parameter, copy) = (Start(), Start());
        using var optimizer = Make(kind, parameter);
        for (var step = 1; step <= 3; step++)
            optimizer.Step(Gradient(parameter, step), 0.1);
        using var checkpoint = new Checkpoint();
        optimizer.Save(checkpoint);
        copy.copy_(parameter);
        using var other = Make(kind, copy);
        other.Restore(checkpoint);
        optimizer.Step(Gradient(parameter, 4), 0.1);
        other.Step(Gradient(copy, 4), 0.1);
        Assert.Equal(TensorTransfer.ToArray(parameter), TensorTransfer.ToArray(copy));
    }

    [Theory]
    [InlineData(Schedule.Constant, 0, 1)]
    [InlineData(Schedule.Linear, 49, 0.505)]
    [InlineData(Schedule.Step, 49, 1)]
    [InlineData(Schedule.Step, 50, 0.1)]
    [InlineData(Schedule.Step, 75, 0.01)]
    [InlineData(Schedule.InverseTime, 100, 0.5)]
    public void A_schedule_gives_the_factor_of_the_learning_rate(Schedule schedule, int step, double expected) =>
        Assert.Equal(expected, schedule.Factor(step, 100, decay: 0.01), 9);

    private static Tensor Start() => tensor([1f, -2, 0.5f], [3]);

    private static Tensor Gradient(Tensor parameter, int step) => parameter + tensor([0.3f, -0.1f, 0.2f], [3]) * (double)step;

    private static Optimizer Make(string kind, Tensor parameter) => kind switch
    {
        "sgd" => new Sgd(parameter),
        "momentum" => new Sgd(parameter) { Momentum = 0.9 },
        "nesterov and decay" => new Sgd(parameter) { Momentum = 0.9, IsNesterov = true, WeightDecay = 0.05 },
        "adam" => new Adam(parameter),
        "adam and decay" => new Adam(parameter) { WeightDecay = 0.05 },
        _ => new Adam(parameter) { WeightDecay = 0.05, IsDecoupled = true },
    };
}
