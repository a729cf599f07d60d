using CnnViz.Attacks;
using CnnViz.Running;

namespace CnnViz.Tests.Attacks;

/// <summary>Every attack, stopped after any step and taken up again, ends with the same bits.</summary>
public sealed class AttackResumeTests : IDisposable
{
    private static readonly AttackOptions Short = new() { Step = 6, SearchStep = 3, Epsilon = 0.1 };
    private readonly DigitAttacks _digits = new();

    public void Dispose() => _digits.Dispose();

    public static TheoryData<string> Cases => [.. Options.Keys];

    private static Dictionary<string, AttackOptions> Options => new(StringComparer.Ordinal)
    {
        ["momentum"] = Short with { Method = AttackMethod.MiFgsm },
        ["restarts"] = Short with { Method = AttackMethod.Pgd, RandomStart = true, Restart = 2 },
        ["variations"] = Short with { Method = AttackMethod.Pgd, Transformation = ["rotate 20", "noise 0.02"], SampleCount = 2 },
        ["search"] = Short with { Method = AttackMethod.CarliniWagner },
        ["planes"] = Short with { Method = AttackMethod.DeepFool },
        ["squares"] = Short with { Method = AttackMethod.Square, Step = 12 },
        ["automatic"] = Short with { Method = AttackMethod.ApgdCe, Step = 12 },
        ["ratio"] = Short with { Method = AttackMethod.ApgdDlr, Step = 2 },
        ["borders"] = Short with { Method = AttackMethod.Fab, Step = 2 },
        ["ensemble"] = Short with { Method = AttackMethod.Ensemble, Step = 1 },
    };

    [Fact]
    public void Square_resumes_in_L2_too()
    {
        using var problem = _digits.Problem(2, norm: AttackNorm.L2, epsilon: 1);
        using var whole = AttackMethods.Create(Options["squares"], problem);
        using var first = AttackMethods.Create(Options["squares"], problem);
        using var second = AttackMethods.Create(Options["squares"], problem);
        using var kept = new Checkpoint();
        Advance(whole, 12);
        Advance(first, 7);
        first.Save(kept);
        second.Restore(kept);
        Advance(second, 12);
        Assert.Equal(TensorTransfer.ToArray(whole.Candidates[0]), TensorTransfer.ToArray(second.Candidates[0]));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_attack_resumes_to_the_same_bits(string name)
    {
        using var problem = _digits.Problem(3, epsilon: Short.Epsilon);
        using var whole = AttackMethods.Create(Options[name], problem);
        using var first = AttackMethods.Create(Options[name], problem);
        var most = Math.Min(whole.StepCount, 40);
        Advance(whole, most);
        for (var interruption = 1; interruption < most; interruption += 3)
        {
            using var kept = new Checkpoint();
            Advance(first, interruption);
            first.Save(kept);
            using var second = AttackMethods.Create(Options[name], problem);
            second.Restore(kept);
            Assert.Equal(first.CompletedSteps, second.CompletedSteps);
            Advance(second, most);
            Assert.Equal(whole.CompletedSteps, second.CompletedSteps);
            Assert.Equal(whole.IsMasked, second.IsMasked);
            foreach (var (expected, actual) in whole.Candidates.Zip(second.Candidates))
                Assert.Equal(TensorTransfer.ToArray(expected), TensorTransfer.ToArray(actual));
        }
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var problem = _digits.Problem(2);
        var run = new RunOptions { CheckpointPath = folder["attack.checkpoint"], Resume = true };
        using (var attack = AttackMethods.Create(Short, problem))
            Assert.True(Run.ToEnd(attack, run));
        using var other = AttackMethods.Create(Short with { Momentum = 0.5, Method = AttackMethod.MiFgsm }, problem);
        Assert.Equal("CheckpointMismatch", Assert.Throws<CnnVizException>(() => Run.ToEnd(other, run)).ErrorId);
        using var others = _digits.Problem(3);
        using var same = AttackMethods.Create(Short, others);
        Assert.Contains("Pictures was", Assert.Throws<CnnVizException>(() => Run.ToEnd(same, run)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_attack_that_is_stopped_keeps_what_it_has()
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        var outcome = AdversarialMaker.Make([_digits.Model], DigitAttacks.Digits(2), new AttackOptions { Epsilon = 0.2 }, new RunOptions { Cancellation = ended.Token });
        Assert.False(outcome.IsComplete);
        Assert.All(outcome.Examples, example => Assert.Equal((0, 0, false), (example.Steps, example.L0, example.Success)));
    }

    private static void Advance(AttackStepper attack, int steps)
    {
        while (!attack.IsDone && attack.CompletedSteps < steps)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            attack.Step(CancellationToken.None);
        }
    }
}
