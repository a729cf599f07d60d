using CnnViz.Attacks;
using CnnViz.Data;
using CnnViz.Running;

namespace CnnViz.Tests.Attacks;

/// <summary>Attacks give back the memory that they take.</summary>
[Collection("alone")]
public sealed class AttackMemoryTests : IDisposable
{
    private readonly DigitAttacks _digits = new();

    public void Dispose() => _digits.Dispose();

    [Theory]
    [InlineData(AttackMethod.Pgd)]
    [InlineData(AttackMethod.CarliniWagner)]
    [InlineData(AttackMethod.DeepFool)]
    [InlineData(AttackMethod.Square)]
    [InlineData(AttackMethod.Ensemble)]
    public void An_attack_leaves_no_tensor(AttackMethod method)
    {
        var options = new AttackOptions { Method = method, Step = 2, SearchStep = 2, Epsilon = 0.1, Transformation = method == AttackMethod.Pgd ? ["rotate 20"] : [], TrialCount = 3 };
        _digits.Make(options, DigitAttacks.Digits(2));
        using var outer = TorchSharp.torch.NewDisposeScope();
        var before = Alone.CountTensors();
        _digits.Make(options, DigitAttacks.Digits(2));
        Assert.Equal(before, TorchSharp.torch.Tensor.TotalCount);
    }

    [Fact]
    public void A_measurement_leaves_no_tensor()
    {
        var data = Datasets.Digits().Test!.Subset(..6);
        var options = new RobustnessOptions { Epsilon = [0, 0.1], BatchSize = 4, Attack = new AttackOptions { Step = 2 } };
        // The first time, the model makes what it answers with.
        Measure();
        using var outer = TorchSharp.torch.NewDisposeScope();
        var before = Alone.CountTensors();
        Measure();
        Assert.Equal(before, TorchSharp.torch.Tensor.TotalCount);

        void Measure()
        {
            using var run = new RobustnessRun(_digits.Model, data, options);
            Run.ToEnd(run, new RunOptions());
        }
    }
}
