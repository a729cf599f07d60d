using CnnViz.Networks.Zoo;
using CnnViz.Objectives;
using CnnViz.Running;
using CnnViz.Synthesis;
using static TorchSharp.torch;

namespace CnnViz.Tests.Synthesis;

/// <summary>Pictures that stay near where they began.</summary>
public sealed class BallTests
{
    private static readonly int[] Shape = [2, 3, 9, 7];

    [Theory]
    [InlineData(8.0 / 255)]
    [InlineData(1.0 / 255)]
    [InlineData(0.3)]
    [InlineData(0)]
    public void No_pixel_leaves_its_ball_not_by_a_rounding_and_not_the_box(double radius)
    {
        var (start, moved) = (Pixels(1, 1), Moved(5));
        var found = Apply(new LinfBall(start, radius), moved);
        var farthest = Distances(found, start).Max(distances => distances.Max(Math.Abs));
        Assert.InRange(farthest, radius * 0.999999, radius);
        Assert.All(Apply(new Box(), found).Data.Zip(start.Data), pair => Assert.InRange(Math.Abs((double)pair.First - pair.Second), 0, radius));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(1e-3)]
    public void Each_picture_s_difference_is_no_longer_than_the_radius_and_points_where_it_did(double radius)
    {
        var (start, moved) = (Pixels(1, 1), Moved(5));
        var found = Apply(new L2Ball(start, radius), moved);
        var (before, after) = (Distances(moved, start), Distances(found, start));
        for (var i = 0; i < Shape[0]; i++)
        {
            Assert.InRange(Length(after[i]), radius * 0.99, radius);
            var cosine = before[i].Zip(after[i], (one, other) => one * other).Sum() / Length(before[i]) / Length(after[i]);
            Assert.Equal(1, cosine, 1e-4);
        }
        Assert.All(Distances(Apply(new Box(), found), start), distances => Assert.InRange(Length(distances), 0, radius));
    }

    [Fact]
    public void Pictures_within_are_left_as_they_are_each_by_itself()
    {
        var (start, moved) = (Pixels(1, 1), Moved(5));
        var first = start.Count / 2;
        // The first picture stands near its start, the second far from it.
        var mixed = new CnnTensor([.. start.Data.Take(first).Select(value => value + 0.001f), .. moved.Data.Skip(first)], Shape);
        foreach (Ball ball in new Ball[] { new LinfBall(start, 0.01), new L2Ball(start, 0.5) })
        {
            var found = Apply(ball, mixed);
            Assert.Equal(mixed.Data[..first], found.Data[..first]);
            Assert.NotEqual(mixed.Data[first..], found.Data[first..]);
        }
    }

    [Fact]
    public void One_start_serves_all_pictures_and_one_of_another_size_is_an_error()
    {
        var start = Pixels(1, 1);
        var shared = start.Slice(0);
        foreach (Ball ball in new Ball[] { new LinfBall(shared, 0.1), new L2Ball(shared, 0.1) })
        {
            var found = Apply(ball, Moved(5));
            var largest = ball is LinfBall ? found.Data.Select((value, i) => Math.Abs((double)value - shared.Data[i % shared.Count])).Max() : 0;
            Assert.InRange(largest, 0, 0.1);
            Assert.Equal("ShapeMismatch", Assert.Throws<CnnVizException>(() => Apply(ball, new CnnTensor(new float[48], [1, 3, 4, 4]))).ErrorId);
        }
    }

    [Fact]
    public void Its_text_tells_one_start_from_another()
    {
        Assert.Equal(new LinfBall(Pixels(1, 1), 0.1).ToString(), new LinfBall(Pixels(1, 1), 0.1).ToString());
        Assert.NotEqual(new LinfBall(Pixels(1, 1), 0.1).ToString(), new LinfBall(Pixels(2, 1), 0.1).ToString());
        Assert.NotEqual(new LinfBall(Pixels(1, 1), 0.1).ToString(), new L2Ball(Pixels(1, 1), 0.1).ToString());
    }

    [Fact]
    public void A_synthesis_stays_in_its_ball_after_every_step()
    {
        using var model = CnnModel.CreateRandom(Architectures.Find("lenet5")!.Build(), 1);
        var random = new Random(4);
        var start = new CnnTensor([.. Enumerable.Range(0, 784).Select(_ => random.NextSingle())], [1, 1, 28, 28]);
        using var stepper = new ImageStepper("attack", model, new PixelParameterization(start), new SynthesisPlan
        {
            Objective = new ClassObjective(3),
            Octaves = [new Octave(28, 28, 12)],
            StepSize = 0.02,
            Optimizer = values => new SignedDescent(values),
            Constraints = [new LinfBall(start, 8.0 / 255), new L2Ball(start, 0.5), new Box()],
        });
        while (!stepper.IsDone)
        {
            using (NewDisposeScope())
                stepper.Step(CancellationToken.None);
            var distances = stepper.Pictures().Data.Zip(start.Data, (value, before) => (double)value - before).ToArray();
            Assert.InRange(distances.Max(Math.Abs), 1e-4, 8.0 / 255);
            Assert.InRange(Length(distances), 0, 0.5);
            Assert.All(stepper.Pictures().Data, value => Assert.InRange(value, 0, 1));
        }
    }

    private static CnnTensor Apply(Constraint constraint, CnnTensor values)
    {
        using var scope = NewDisposeScope();
        var native = TensorTransfer.ToNative(values);
        constraint.Apply(native, 1);
        return TensorTransfer.ToManaged(native, "NCHW");
    }

    private static CnnTensor Pixels(int seed, float scale)
    {
        var random = new Random(seed);
        return new CnnTensor([.. Enumerable.Range(0, Shape.Aggregate(1, (product, extent) => product * extent)).Select(_ => scale * random.NextSingle())], Shape);
    }

    private static CnnTensor Moved(float scale) => new(Array.ConvertAll(Pixels(9, scale).Data, value => value - 2), Shape);

    private static double[][] Distances(CnnTensor values, CnnTensor start) =>
        [.. values.Data.Zip(start.Data, (value, before) => (double)value - before).Chunk(values.Count / Shape[0])];

    private static double Length(double[] values) => Math.Sqrt(values.Sum(value => value * value));
}
