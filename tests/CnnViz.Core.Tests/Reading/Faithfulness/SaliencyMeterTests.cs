using CnnViz.Imaging;
using CnnViz.Networks.Sequential;
using CnnViz.Reading;
using CnnViz.Reporting;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Tests.Reading.Faithfulness;

[Collection(Alone.Name)]
public sealed class SaliencyMeterTests
{
    private const int Side = 16;
    private const int Corner = 4;

    private static readonly SaliencyMeasureOptions All = new() { Measure = [SaliencyMeasure.All] };

    [Fact]
    public void The_map_of_a_network_that_looks_at_one_corner_beats_a_random_one()
    {
        using var model = LooksAtCorner();
        var perfect = Gradient(model);
        var measured = SaliencyMeter.Measure(perfect, All);
        var random = SaliencyMeter.Measure(perfect with { Values = Random(perfect.Values.Shape) }, All);

        Assert.True(measured.DeletionAuc < random.DeletionAuc - 0.2, $"{measured.DeletionAuc} {random.DeletionAuc}");
        Assert.True(measured.InsertionAuc > random.InsertionAuc + 0.2, $"{measured.InsertionAuc} {random.InsertionAuc}");
        Assert.True(measured.Road > random.Road + 0.1, $"{measured.Road} {random.Road}");
        Assert.InRange(random.Road!.Value, -0.1, 0.1);
        Assert.InRange(random.Score!.Value, -0.2, 0.2);
        Assert.True(measured.Infidelity < 0.01 * random.Infidelity, $"{measured.Infidelity} {random.Infidelity}");
        Assert.InRange(measured.InfidelityUnscaled!.Value, 0, 1e-6);
        Assert.InRange(measured.MaxSensitivity!.Value, 0, 1e-4);
        Assert.True(measured.DependsOnModel);
        Assert.Empty(measured.Warnings);
    }

    [Fact]
    public void A_class_without_probability_has_nothing_to_lose_and_that_is_said()
    {
        using var model = LooksAtCorner();
        var unlikely = Gradient(model) with { Probability = 0.001 };

        Assert.Contains("nothing to lose", Assert.Single(SaliencyMeter.Measure(unlikely).Warnings));
    }

    [Fact]
    public void Curves_run_from_the_picture_to_nothing_and_back()
    {
        using var model = LooksAtCorner();
        var measured = SaliencyMeter.Measure(Gradient(model), new SaliencyMeasureOptions { PixelStep = 100 });

        Assert.Equal([0, 100.0 / 256, 200.0 / 256, 1], measured.DeletionCurve!.Select(point => point.Fraction));
        Assert.Equal(measured.Probability, measured.DeletionCurve![0].Probability, 1e-5);
        Assert.Equal(measured.Probability, measured.InsertionCurve![^1].Probability, 1e-5);
        Assert.Equal(9, measured.RoadCurve!.Count);
        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], measured.RoadCurve.Select(point => Math.Round(point.Fraction, 1)));
        Assert.Null(measured.MaxSensitivity);
        Assert.Null(measured.DependsOnModel);
    }

    [Fact]
    public void A_map_that_does_not_depend_on_the_weights_is_reported()
    {
        // Nothing but fixed filters: an edge detector that no training has touched.
        using var model = SequentialModel.Create(["conv 2 3x3 same relu nobias", "globalpool"], [1, Side, Side], [Kernel.Parse("SobelX"), Kernel.Parse("SobelY")]);
        var map = Gradient(model);
        var measured = SaliencyMeter.Measure(map, new SaliencyMeasureOptions { Measure = [SaliencyMeasure.Randomization] });

        Assert.False(measured.DependsOnModel);
        Assert.Equal(1, measured.RandomizationCorrelation);
        Assert.Contains("does not depend on the model", Assert.Single(measured.Warnings), StringComparison.Ordinal);
        Assert.Null(measured.Score);
    }

    [Fact]
    public void Weights_become_random_from_the_last_layer_to_the_first_and_the_model_keeps_its_own()
    {
        using var model = SequentialModel.Create(["conv 4 3x3 relu", "conv 4 3x3 relu", "flatten", "dense 3"], [1, Side, Side], seed: 1);
        var hash = model.WeightsHash;
        var curve = SaliencyMeter.Measure(Gradient(model), new SaliencyMeasureOptions { Measure = [SaliencyMeasure.Randomization] }).RandomizationCurve!;

        Assert.Equal(["dense1", "conv2", "conv1"], curve.Select(point => point.Layer));
        Assert.Equal([1.0 / 3, 2.0 / 3, 1], curve.Select(point => point.Fraction));
        Assert.All(curve, point => Assert.InRange(point.Correlation, -0.999, 0.999));
        using var again = SequentialModel.Create(["conv 4 3x3 relu", "conv 4 3x3 relu", "flatten", "dense 3"], [1, Side, Side], seed: 1);
        Assert.Equal(hash, again.WeightsHash);
        Assert.Equal(Gradient(model).Values.Data, Gradient(again).Values.Data);
    }

    [Fact]
    public void A_constant_map_is_ordered_at_random_and_said_to_be()
    {
        using var model = LooksAtCorner();
        var map = Gradient(model);
        var constant = map with { Values = new CnnTensor(new float[map.Values.Count], map.Values.Shape) };
        var measured = SaliencyMeter.Measure(constant);

        Assert.Contains("order is random", Assert.Single(measured.Warnings), StringComparison.Ordinal);
        Assert.InRange(measured.Score!.Value, -0.2, 0.2);
        // A part of the picture that comes first would do better or worse than the average of orders.
        Assert.NotEqual(measured.DeletionAuc, SaliencyMeter.Measure(constant, new SaliencyMeasureOptions { Seed = 1 }).DeletionAuc);
    }

    [Fact]
    public void The_same_seed_measures_the_same_in_batches_of_any_size_and_no_tensor_stays()
    {
        using var model = SequentialModel.Create(["conv 4 3x3 relu", "flatten", "dense 3"], [1, Side, Side], seed: 2);
        var map = Gradient(model);
        var first = SaliencyMeter.Measure(map, All);
        var before = Alone.CountTensors();
        var second = SaliencyMeter.Measure(map, All with { BatchSize = 3 });
        Assert.Equal(before, Tensor.TotalCount);

        Assert.Equal(first.DeletionAuc!.Value, second.DeletionAuc!.Value, 1e-5);
        Assert.Equal(first.Road!.Value, second.Road!.Value, 1e-5);
        Assert.Equal(first.Infidelity!.Value, second.Infidelity!.Value, 1e-6);
        Assert.Equal(first.MaxSensitivity!.Value, second.MaxSensitivity!.Value, 1e-5);
        Assert.Equal(first.RandomizationCurve!, second.RandomizationCurve!);
        Assert.NotEqual(first.Infidelity, SaliencyMeter.Measure(map, All with { Seed = 9 }).Infidelity);
    }

    [Fact]
    public void It_ends_when_it_is_told_to_and_leaves_no_tensor()
    {
        using var model = SequentialModel.Create(["conv 4 3x3 relu", "flatten", "dense 3"], [1, Side, Side], seed: 2);
        var map = Gradient(model);
        SaliencyMeter.Measure(map);
        var before = Alone.CountTensors();
        foreach (var measure in Enum.GetValues<SaliencyMeasure>())
        {
            using var stop = new CancellationTokenSource();
            var progress = new Stopper(stop);
            Assert.ThrowsAny<OperationCanceledException>(() =>
                SaliencyMeter.Measure(map, new SaliencyMeasureOptions { Measure = [measure] }, progress: progress, cancellation: stop.Token));
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Maps_of_a_layer_are_measured_at_the_picture_s_size()
    {
        using var model = SequentialModel.Create(["conv 4 3x3 relu", "maxpool 2", "conv 4 3x3 relu", "flatten", "dense 3"], [1, Side, Side], seed: 4);
        var map = Assert.Single(SaliencyReader.Read(model, [Photo()], new SaliencyOptions { Method = [SaliencyMethod.GradCam] }));
        var measured = SaliencyMeter.Measure(map, All);
        Assert.Equal(map.Layer, measured.Layer);
        Assert.NotNull(measured.Infidelity);
        Assert.InRange(measured.MaxSensitivity!.Value, 0, 10);
    }

    /// <summary>The network is linear: the gradient says exactly what noise does, and so does what was multiplied by the input, for a unit of it.</summary>
    [Theory]
    [InlineData(SaliencyMethod.InputXGradient, SaliencyMethod.Gradient, BaselineKind.White)]
    [InlineData(SaliencyMethod.IntegratedGradients, SaliencyMethod.Gradient, BaselineKind.Mean)]
    [InlineData(SaliencyMethod.SmoothGrad, SaliencyMethod.InputXGradient, BaselineKind.Mean)]
    public void Infidelity_takes_the_input_out_of_maps_that_were_multiplied_by_it(SaliencyMethod method, SaliencyMethod inner, BaselineKind baseline)
    {
        using var model = LooksAtCorner();
        var options = new SaliencyOptions { Method = [method], BaseMethod = inner, NoiseDeviation = 0, Baseline = baseline, Target = ["0"] };
        var map = Assert.Single(SaliencyReader.Read(model, [Photo()], options));
        var measured = SaliencyMeter.Measure(map, new SaliencyMeasureOptions { Measure = [SaliencyMeasure.Infidelity] });
        Assert.InRange(measured.InfidelityUnscaled!.Value, 0, 1e-6);
    }

    [Fact]
    public void Infidelity_says_nothing_of_attributions_whose_channels_are_one()
    {
        using var model = SequentialModel.Create(["conv 4 3x3 relu", "flatten", "dense 3"], [3, Side, Side], seed: 2);
        var picture = new CnnImage(Random([3, Side, Side]).Data, 3, Side, Side);
        var map = Assert.Single(SaliencyReader.Read(model, [picture], new SaliencyOptions { Method = [SaliencyMethod.InputXGradient], Reduction = ChannelReduction.Mean }));
        Assert.Null(SaliencyMeter.Measure(map, new SaliencyMeasureOptions { Measure = [SaliencyMeasure.Infidelity] }).Infidelity);
    }

    [Fact]
    public void A_map_without_model_says_what_to_do_and_takes_one()
    {
        using var model = LooksAtCorner();
        var map = Gradient(model);
        var error = Assert.Throws<CnnVizException>(() => SaliencyMeter.Measure(map with { Model = null }));
        Assert.Equal("MapWithoutModel", error.ErrorId);
        Assert.Contains("-Model", error.Message, StringComparison.Ordinal);
        Assert.Equal(SaliencyMeter.Measure(map).Score, SaliencyMeter.Measure(map with { Model = null }, model: model).Score);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_map_that_is_not_finite_is_refused(float value)
    {
        using var model = LooksAtCorner();
        var map = Gradient(model);
        var values = (float[])map.Values.Data.Clone();
        values[7] = value;
        Assert.Equal("MapNotFinite", Assert.Throws<CnnVizException>(() => SaliencyMeter.Measure(map with { Values = new CnnTensor(values, map.Values.Shape) })).ErrorId);
    }

    [Fact]
    public void Settings_that_cannot_be_are_named()
    {
        using var model = LooksAtCorner();
        var map = Gradient(model);
        SaliencyMeasureOptions[] wrong =
        [
            new() { Measure = [] }, new() { PixelStep = 0 }, new() { NoiseCount = 0 }, new() { NoiseRadius = double.NaN }, new() { RandomizationStep = 0 }, new() { BatchSize = 0 },
        ];
        Assert.All(wrong, options => Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => SaliencyMeter.Measure(map, options)).ErrorId));
        using var smaller = SequentialModel.Create(["flatten", "dense 2"], [1, 8, 8]);
        Assert.Equal("ShapeMismatch", Assert.Throws<CnnVizException>(() => SaliencyMeter.Measure(map, model: smaller)).ErrorId);
    }

    [Fact]
    public void Maps_are_ranked_within_their_picture_and_summed_up_over_all()
    {
        using var model = LooksAtCorner();
        var one = SaliencyMeter.Measure(Gradient(model));
        var other = SaliencyMeter.Measure(Gradient(model, Photo(0.9f)));
        var ranked = SaliencyMeter.Rank(
        [
            one with { Score = 0.1 }, one with { Score = 0.3, Method = SaliencyMethod.GradCam }, one with { Score = null, Method = SaliencyMethod.Deconvnet },
            other with { Score = 0.5 }, other with { Score = 0.5, Method = SaliencyMethod.GradCam },
        ]);
        Assert.Equal([1, 2, null, 1, 1], ranked.Select(measured => measured.Rank));
        Assert.Equal([0.3, 0.1, null, 0.5, 0.5], ranked.Select(measured => measured.Score));

        var methods = SaliencyMeter.Summarize(ranked);
        Assert.Equal([(SaliencyMethod.GradCam, 1), (SaliencyMethod.Gradient, 2), (SaliencyMethod.Deconvnet, (int?)null)], methods.Select(method => (method.Method, method.Rank)));
        Assert.Equal((0.4, 2, 2), (methods[0].Score!.Mean, methods[0].Score!.Count, methods[0].FirstCount));
        Assert.Equal(Math.Sqrt(0.02), methods[0].Score!.Deviation, 1e-9);
        Assert.Equal("0.400 ± 0.141", methods[0].Score!.ToString());
        Assert.Equal((2, 1), (methods[1].MapCount, methods[1].FirstCount));
        Assert.Null(methods[2].Score);
    }

    [Fact]
    public void A_measurement_is_drawn_as_its_curves_and_several_together()
    {
        using var model = LooksAtCorner();
        var measured = SaliencyMeter.Measure(Gradient(model), All);
        var single = Picture.Of(measured)!;
        var alone = single.Draw();
        Assert.Equal(3, alone.ChannelCount);
        Assert.Equal("corner-Gradient-faithfulness", single.Name);
        Assert.Same(measured.Recipe, alone.Recipe);
        var together = Picture.Of(new[] { measured, measured with { Method = SaliencyMethod.GradCam } })!.Draw();
        Assert.True(together.Width > alone.Width);
        Assert.Null(Picture.Of(SaliencyMeter.Measure(Gradient(model), new SaliencyMeasureOptions { Measure = [SaliencyMeasure.Infidelity] })));
    }

    /// <summary>Two classes; the first one's logit is the sum of the upper left corner, less what it is in half grey.</summary>
    private static CnnModel LooksAtCorner()
    {
        var network = SequentialNetwork.Build(["flatten", "dense 2"], [1, Side, Side]);
        var weights = new float[2 * Side * Side];
        for (var i = 0; i < Corner * Corner; i++)
            weights[i / Corner * Side + i % Corner] = 0.5f + 0.01f * i;
        return new CnnModel(network, new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["dense1.weight"] = tensor(weights, [2, Side * Side]).DetachFromDisposeScope(),
            ["dense1.bias"] = tensor([-4f, 0f], [2]).DetachFromDisposeScope(),
        })
        { Labels = ["corner", "none"] };
    }

    private static SaliencyMap Gradient(CnnModel model, CnnImage? image = null) =>
        Assert.Single(SaliencyReader.Read(model, [image ?? Photo()], new SaliencyOptions { Target = ["0"] }));

    /// <summary>Bright in the corner, half as bright elsewhere, a little noise on it.</summary>
    private static CnnImage Photo(float brightness = 1)
    {
        var noise = Random([1, Side, Side]).Data;
        var data = new float[Side * Side];
        for (var i = 0; i < data.Length; i++)
            data[i] = brightness * (i / Side < Corner && i % Side < Corner ? 0.95f : 0.3f) + 0.05f * noise[i];
        return new CnnImage(data, 1, Side, Side);
    }

    private static CnnTensor Random(int[] shape)
    {
        var random = new SplitMix64(5);
        var data = new float[shape.Aggregate((product, extent) => product * extent)];
        for (var i = 0; i < data.Length; i++)
            data[i] = random.NextSingle();
        return new CnnTensor(data, shape);
    }

    /// <summary>Stops the work when its first measure begins.</summary>
    private sealed class Stopper(CancellationTokenSource stop) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => stop.Cancel();
    }
}
