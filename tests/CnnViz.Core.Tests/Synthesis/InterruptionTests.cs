using CnnViz.Networks.Zoo;
using CnnViz.Objectives;
using CnnViz.Running;
using CnnViz.Synthesis;
using static TorchSharp.torch;

namespace CnnViz.Tests.Synthesis;

/// <summary>A synthesis that ends early: by the user, to be taken up again, or because a step led to no number.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const int StepsOfOctave = 3;

    private readonly CnnModel _model = CnnModel.CreateRandom(Architectures.Find("lenet5")!.Build(), 1);
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(SynthesisOptimizer.Adam, false, Schedule.Cosine)]
    [InlineData(SynthesisOptimizer.Sgd, false, Schedule.InverseTime)]
    [InlineData(SynthesisOptimizer.Lbfgs, false, Schedule.Constant)]
    [InlineData(SynthesisOptimizer.Signed, false, Schedule.Linear)]
    [InlineData(SynthesisOptimizer.Adam, true, Schedule.Step)]
    [InlineData(SynthesisOptimizer.Lbfgs, true, Schedule.Constant)]
    public void Resumed_after_any_step_it_ends_with_the_same_bits(SynthesisOptimizer optimizer, bool isFourier, Schedule schedule)
    {
        using var whole = Start(optimizer, isFourier, schedule);
        Assert.True(Run.ToEnd(whole, new RunOptions()));
        for (var interruption = 1; interruption < whole.StepCount; interruption++)
        {
            var path = _folder[$"{interruption}.checkpoint"];
            using (var first = Start(optimizer, isFourier, schedule))
            {
                using var ended = new CancellationTokenSource();
                Assert.False(Run.ToEnd(first, new RunOptions { CheckpointPath = path, Cancellation = ended.Token, Frame = _ => End(first, ended, interruption) }));
                Assert.Equal(interruption, first.CompletedSteps);
            }
            using var second = Start(optimizer, isFourier, schedule);
            Assert.True(Run.ToEnd(second, new RunOptions { CheckpointPath = path, Resume = true }));
            Assert.Equal(whole.Pictures().Data, second.Pictures().Data);
            Assert.Equal(whole.HistoryOf(0), second.HistoryOf(0));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_step_that_leads_to_no_number_leaves_the_picture_of_the_step_before(int step)
    {
        using var good = Failing(step - 1, step);
        Run.ToEnd(good, new RunOptions());
        using var bad = Failing(5, step);
        var outcome = Synthesizer.ToEnd(_model, bad, [new SynthesisSubject("too far", Class: 3)], Recipes.Create("Test", _model, 1), new RunOptions());
        Assert.Equal("SynthesisDiverged", outcome.Failure?.ErrorId);
        Assert.Contains($"at step {step}", outcome.Failure!.Message, StringComparison.Ordinal);
        Assert.False(outcome.IsComplete);
        Assert.Equal(good.Pictures().Data, outcome.Images[0].Image.Data);
        Assert.All(outcome.Images[0].Image.Data, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(step - 1, outcome.Images[0].History.Count);
        Assert.NotNull(outcome.Images[0].Probability);
    }

    [Fact]
    public void A_synthesis_that_goes_well_has_no_failure()
    {
        using var stepper = Start(SynthesisOptimizer.Adam, isFourier: false, Schedule.Constant);
        var outcome = Synthesizer.ToEnd(_model, stepper, [new SynthesisSubject("fine")], Recipes.Create("Test", _model, 1), new RunOptions());
        Assert.Null(outcome.Failure);
        Assert.True(outcome.IsComplete);
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    private static void End(ImageStepper stepper, CancellationTokenSource source, int step)
    {
        if (stepper.CompletedSteps == step)
            source.Cancel();
    }

    private static CnnTensor Pixels() => new([.. Enumerable.Range(0, 28 * 28).Select(i => i % 7 / 7f)], [1, 1, 28, 28]);

    private ImageStepper Start(SynthesisOptimizer optimizer, bool isFourier, Schedule schedule)
    {
        using var generator = new Generator(2);
        Parameterization parameterization = isFourier ? new FourierParameterization(1, 1, 28, 28, generator) : new PixelParameterization(Pixels());
        return new ImageStepper("dream", _model, parameterization, new SynthesisPlan
        {
            Objective = Objective.Parse("halfsquare conv1 - 0.01 * tv squared", _model),
            Octaves = [new Octave(28, 28, StepsOfOctave), new Octave(36, 40, StepsOfOctave)],
            StepSize = optimizer == SynthesisOptimizer.Lbfgs ? 0.1 : 0.01,
            Optimizer = values => optimizer.Create(values, momentum: 0.9),
            Schedule = schedule,
            ScheduleDecay = 0.5,
            Transforms = [new RollJitter(4), new Jitter(2)],
            GradientFilters = [new UnitNorm()],
            Constraints = isFourier ? [] : [new Box()],
            Seed = 5,
            CheckpointInterval = 1,
        });
    }

    private ImageStepper Failing(int steps, int failingStep)
    {
        var asked = 0;
        return new ImageStepper("too far", _model, new PixelParameterization(Pixels()), new SynthesisPlan
        {
            Objective = new FailingObjective(3, () => ++asked == failingStep),
            Octaves = [new Octave(28, 28, steps)],
            StepSize = 0.05,
            Optimizer = values => new Adam(values),
        });
    }

    /// <summary>The logit of a class, until a step at which it is no number.</summary>
    private sealed record FailingObjective(int Class, Func<bool> Fails) : Objective
    {
        public override IReadOnlyList<string> Layers => [Output];

        public override Tensor Value(ObjectiveInputs inputs) => inputs[Output].flatten(1).select(1, Class) * (Fails() ? double.NaN : 1);
    }
}
