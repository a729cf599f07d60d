using System.Buffers.Binary;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Tests.Running;

/// <summary>A state that libtorch would refuse, which ends the process, never reaches it.</summary>
public sealed class GeneratorStateTests
{
    [Fact]
    public void A_generator_goes_on_from_what_was_kept()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        using var checkpoint = new Checkpoint();
        checkpoint.PutGenerator(generator);
        var expected = TensorTransfer.ToArray(rand([5], generator: generator));
        checkpoint.RestoreGenerator(generator);
        Assert.Equal(expected, TensorTransfer.ToArray(rand([5], generator: generator)));
    }

    /// <summary>The position of a damaged number in the state: how many values are left, the seed's mark, the next value.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    public void A_damaged_state_is_refused(int position)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var state = generator.get_state();
        BinaryPrimitives.WriteInt32LittleEndian(state.bytes[position..], 70_000);
        AssertRefused(state, generator);
    }

    [Fact]
    public void Another_shape_or_type_is_refused()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var state = generator.get_state();
        AssertRefused(state.narrow(0, 0, state.shape[0] - 1), generator);
        AssertRefused(state.to(ScalarType.Float32), generator);
        AssertRefused(zeros([0], ScalarType.Byte), generator);
    }

    [Fact]
    public void A_run_says_that_its_checkpoint_is_damaged()
    {
        using var folder = new TemporaryFolder();
        using var stepper = new Drawing();
        Run.ToEnd(stepper, new RunOptions { CheckpointPath = folder["run.safetensors"] });
        Assert.Equal(3, stepper.CompletedSteps);
        using (var checkpoint = new Checkpoint())
        {
            checkpoint.Put("generator", zeros([3]));
            checkpoint.Save(folder["run.safetensors"], stepper.Identity);
        }
        var options = new RunOptions { CheckpointPath = folder["run.safetensors"], Resume = true };
        using var next = new Drawing();
        var error = Assert.Throws<CnnVizException>(() => Run.ToEnd(next, options));
        Assert.Equal("CheckpointMismatch", error.ErrorId);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(Tensor state, Generator generator)
    {
        using var checkpoint = new Checkpoint();
        checkpoint.Put("generator", state);
        Assert.Throws<InvalidDataException>(() => checkpoint.RestoreGenerator(generator));
    }

    /// <summary>Three steps, each of which draws a number.</summary>
    private sealed class Drawing : Stepper
    {
        private readonly Generator _generator = new(1);

        public override string Activity => nameof(Drawing);

        public override int StepCount => 3;

        public override string Status => "";

        public override IReadOnlyDictionary<string, string> Identity { get; } = new Dictionary<string, string> { ["Run"] = nameof(Drawing) };

        public override bool IsCheckpointDue => true;

        public override void Step(CancellationToken cancellation)
        {
            rand([1], generator: _generator).Dispose();
            CompletedSteps++;
        }

        public override void KeepBest()
        {
        }

        public override void Save(Checkpoint checkpoint) => checkpoint.PutGenerator(_generator);

        public override void Restore(Checkpoint checkpoint) => checkpoint.RestoreGenerator(_generator);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _generator.Dispose();
        }
    }
}
