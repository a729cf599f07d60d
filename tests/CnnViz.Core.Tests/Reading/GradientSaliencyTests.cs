using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Networks.Zoo;
using CnnViz.Reading;
using CnnViz.Reading.Saliency;
using CnnViz.Tests.Networks;
using static TorchSharp.torch;

namespace CnnViz.Tests.Reading;

/// <summary>What the gradient and perturbation methods promise of every network, whatever its weights.</summary>
public sealed class GradientSaliencyTests
{
    [Theory]
    [InlineData("vgg11", 64)]
    [InlineData("resnet18", 64)]
    [InlineData("squeezenet1_1", 64)]
    public void IntegratedGradientsSumToTheDifferenceOfScores(string architecture, int size)
    {
        using var model = Formula(architecture);
        var map = Assert.Single(Read(model, [Image(architecture, size)], new SaliencyOptions { Method = [SaliencyMethod.IntegratedGradients] }));
        var difference = map.Score - ScoreOfMean(model, map);
        Assert.Equal(map.Values.Data.Sum(value => (double)value) - difference, map.Delta!.Value, 1e-3);
        Assert.InRange(Math.Abs(map.Delta.Value), 0, Math.Max(1e-3, 0.01 * Math.Abs(difference)));
    }

    [Theory]
    [InlineData("vgg11", 64)]
    [InlineData("resnet18", 64)]
    [InlineData("googlenet", 64)]
    [InlineData("densenet121", 64)]
    [InlineData("squeezenet1_1", 64)]
    public void DeepLiftSumsToTheDifferenceOfScoresOnBranchingNetsToo(string architecture, int size)
    {
        using var model = Formula(architecture);
        var map = Assert.Single(Read(model, [Image(architecture, size)], new SaliencyOptions { Method = [SaliencyMethod.DeepLift], PoolingRule = PoolingRule.Rescale }));
        var difference = map.Score - ScoreOfMean(model, map);
        Assert.InRange(Math.Abs(map.Delta!.Value), 0, Math.Max(2e-4, 1e-3 * Math.Abs(difference)));
    }

    [Fact]
    public void DeepLiftSaysWhereItsSumIsNotExact()
    {
        using var model = CnnModel.CreateRandom(
            new NetworkBuilder()
                .Add("conv", new Convolution(1, 8, 3))
                .Add("norm", new LocalResponseNormalization(5, Alpha: 1))
                .Add("flatten", new Flatten())
                .Add("fc", new Dense(8 * 36, 4))
                .Build("test", [1, 8, 8]),
            seed: 1);
        var map = Assert.Single(Read(model, [Noise(3, 1, 8, 8)], new SaliencyOptions { Method = [SaliencyMethod.DeepLift] }));
        Assert.NotInRange(Math.Abs(map.Delta!.Value), 0, 1e-4);
    }

    [Theory]
    [InlineData(SaliencyMethod.SmoothGrad, SaliencyMethod.Gradient)]
    [InlineData(SaliencyMethod.SmoothGradSquared, SaliencyMethod.GuidedBackprop)]
    [InlineData(SaliencyMethod.VarGrad, SaliencyMethod.InputXGradient)]
    [InlineData(SaliencyMethod.SmoothGrad, SaliencyMethod.IntegratedGradients)]
    [InlineData(SaliencyMethod.Occlusion, SaliencyMethod.Gradient)]
    [InlineData(SaliencyMethod.Rise, SaliencyMethod.Gradient)]
    public void ASeedRepeatsWhateverIsComputedTogether(SaliencyMethod method, SaliencyMethod inner)
    {
        using var model = Small();
        CnnImage[] images = [Noise(1), Noise(2)];
        var options = new SaliencyOptions { Method = [method], BaseMethod = inner, Target = ["1", "Top1"], SampleCount = 5, Step = 4, MaskCount = 21, Seed = 7 };
        var together = Read(model, images, options with { BatchSize = 16 });
        var alone = images.SelectMany(image => Read(model, [image], options with { BatchSize = 2 })).ToArray();
        Assert.Equal(4, together.Count);
        foreach (var (one, other) in together.Zip(alone))
            AssertClose(one.Values, other.Values, 1e-4);
        if (method is not SaliencyMethod.Occlusion)
            Assert.NotEqual(alone[0].Values.Data, Read(model, [images[0]], options with { Seed = 8 })[0].Values.Data);
    }

    [Fact]
    public void TheMomentsOfNoisyGradientsFitEachOther()
    {
        using var model = Small();
        var maps = Read(model, [Noise(1)], new SaliencyOptions
        {
            Method = [SaliencyMethod.SmoothGrad, SaliencyMethod.SmoothGradSquared, SaliencyMethod.VarGrad],
            SampleCount = 8,
        });
        var (mean, square, variance) = (maps[0].Values.Data, maps[1].Values.Data, maps[2].Values.Data);
        Assert.All(mean.Zip(square, variance), found => Assert.Equal(found.Second - found.First * found.First, found.Third, 1e-5));
        Assert.Contains(variance, value => value > 0);
    }

    [Theory]
    [InlineData(SaliencyMethod.GuidedBackprop)]
    [InlineData(SaliencyMethod.Deconvnet)]
    [InlineData(SaliencyMethod.InputXGradient)]
    [InlineData(SaliencyMethod.IntegratedGradients)]
    public void WithoutNoiseTheMeanIsTheMethodItself(SaliencyMethod inner)
    {
        using var model = Formula("resnet18");
        var maps = Read(model, [Image("resnet18", 64)], new SaliencyOptions { Method = [inner, SaliencyMethod.SmoothGrad], BaseMethod = inner, NoiseLevel = 0, SampleCount = 2, Step = 3 });
        AssertClose(maps[0].Values, maps[1].Values, 1e-3);
    }

    [Fact]
    public void NoiseIsAPartOfTheInputsRange()
    {
        using var model = Small();
        var image = Noise(1);
        var range = image.Maximum - image.Minimum;
        var options = new SaliencyOptions { Method = [SaliencyMethod.SmoothGrad], SampleCount = 3, NoiseLevel = 0.3 };
        AssertClose(Read(model, [image], options)[0].Values, Read(model, [image], options with { NoiseDeviation = 0.3 * range })[0].Values, 1e-4);
    }

    [Fact]
    public void RiseAndOcclusionFindTheCornerThatANetworkLooksAt()
    {
        using var model = LooksAtTheUpperLeft(gain: 8, other: 5);
        var image = new CnnImage([.. Enumerable.Repeat(1f, 32 * 32)], 1, 32, 32);
        var maps = Read(model, [image], new SaliencyOptions { Method = [SaliencyMethod.Rise, SaliencyMethod.Occlusion], Target = ["1"], MaskCount = 400, MaskSize = 4, Window = 8, Stride = 4 });
        foreach (var map in maps)
        {
            var (corner, rest) = (Mean(map.Values, (y, x) => y < 8 && x < 8), Mean(map.Values, (y, x) => y >= 16 || x >= 16));
            Assert.True(corner > 1.2 * Math.Abs(rest) + 0.05, $"{map.Method}: {corner} in the corner, {rest} elsewhere.");
        }
        Assert.Equal(0, maps[1].Values.Data[31 * 32 + 31], 1e-6);
    }

    [Fact]
    public void RiseOfANetworkThatLooksNowhereIsTheProbabilityEverywhere()
    {
        using var model = LooksAtTheUpperLeft(gain: 0);
        var map = Read(model, [Noise(1, 1, 32, 32)], new SaliencyOptions { Method = [SaliencyMethod.Rise], Target = ["1"], MaskCount = 1000 })[0];
        Assert.Equal(map.Probability!.Value, map.Values.Data.Average(), 0.02);
        Assert.All(map.Values.Data, value => Assert.InRange(value, 0.35, 0.65));
    }

    [Fact]
    public void OcclusionCountsTheWindowsThatAreCutOff()
    {
        using var model = LooksAtTheUpperLeft();
        // 32 pixels, windows of 10 from 0, 10, 20 and 30: every pixel lies in exactly one, and the corner's takes all 64 pixels away.
        var map = Read(model, [new CnnImage([.. Enumerable.Repeat(1f, 32 * 32)], 1, 32, 32)], new SaliencyOptions { Method = [SaliencyMethod.Occlusion], Target = ["1"], Window = 10, Stride = 10 })[0];
        Assert.All(Enumerable.Range(0, 32 * 32), i => Assert.Equal(i / 32 < 10 && i % 32 < 10 ? map.Score - 1 : 0, map.Values.Data[i], 1e-4));
    }

    [Theory]
    [InlineData(BaselineKind.Black, -2.0)]
    [InlineData(BaselineKind.Mean, 0.0)]
    [InlineData(BaselineKind.White, 2.0)]
    public void TheBaselineIsWhatAWindowIsCoveredWith(BaselineKind kind, double normalized)
    {
        using var model = new CnnModel(LooksAtTheUpperLeft().Network, Corner(1))
        {
            Preprocessing = new Preprocessing { Height = 32, Width = 32, Mean = [0.5f], Deviation = [0.25f] },
        };
        var image = new CnnImage([.. Enumerable.Repeat(0.75f, 32 * 32)], 1, 32, 32);
        var options = new SaliencyOptions { Method = [SaliencyMethod.Occlusion], Target = ["1"], Window = 10, Stride = 10, Baseline = kind };
        // The corner's mean, 1 after normalisation, becomes the baseline's, and its weight is 1.
        Assert.Equal(1 - normalized, SaliencyReader.Read(model, [image], options)[0].Values.Data[0], 1e-4);
        var own = new CnnTensor([.. Enumerable.Repeat((float)(normalized * 0.25 + 0.5), 32 * 32)], [1, 32, 32]);
        Assert.Equal(1 - normalized, SaliencyReader.Read(model, [image], options with { BaselineImage = own })[0].Values.Data[0], 1e-4);
    }

    [Fact]
    public void ABlurredBaselineKeepsTheMeanColourAndLosesTheRest()
    {
        using var model = LooksAtTheUpperLeft();
        var image = new CnnImage([.. Enumerable.Range(0, 32 * 32).Select(i => (float)((i + i / 32) % 2))], 1, 32, 32);
        var map = Read(model, [image], new SaliencyOptions { Method = [SaliencyMethod.IntegratedGradients], Target = ["1"], Baseline = BaselineKind.Blur })[0];
        // Of a chessboard only grey is left: every square in the corner differs from it by a half, and the sum by nothing.
        Assert.Equal(0.5 / 64, Math.Abs(map.Values.Data[33]), 1e-3);
        Assert.Equal(0, map.Values.Data.Sum(), 1e-2);
    }

    [Fact]
    public void ABaselineOfAnotherShapeIsAnError()
    {
        using var model = Small();
        var options = new SaliencyOptions { Method = [SaliencyMethod.IntegratedGradients], BaselineImage = new CnnTensor(new float[12], [3, 2, 2]) };
        var error = Assert.Throws<CnnVizException>(() => Read(model, [Noise(1)], options));
        Assert.Equal("ShapeMismatch", error.ErrorId);
        Assert.Contains("[3, 24, 24]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsThatCannotBeUsedAreNamed()
    {
        using var model = Small();
        AssertInvalid("Step", new SaliencyOptions { Method = [SaliencyMethod.IntegratedGradients], Step = 0 });
        AssertInvalid("SampleCount", new SaliencyOptions { Method = [SaliencyMethod.SmoothGrad], SampleCount = 0 });
        AssertInvalid("NoiseLevel", new SaliencyOptions { Method = [SaliencyMethod.VarGrad], NoiseLevel = -1 });
        AssertInvalid("NoiseDeviation", new SaliencyOptions { Method = [SaliencyMethod.VarGrad], NoiseDeviation = double.NaN });
        AssertInvalid("BaseMethod", new SaliencyOptions { Method = [SaliencyMethod.SmoothGrad], BaseMethod = SaliencyMethod.Occlusion });
        AssertInvalid("Step", new SaliencyOptions { Method = [SaliencyMethod.SmoothGrad], BaseMethod = SaliencyMethod.IntegratedGradients, Step = 0 });
        AssertInvalid("Window", new SaliencyOptions { Method = [SaliencyMethod.Occlusion], Window = 0 });
        AssertInvalid("Stride", new SaliencyOptions { Method = [SaliencyMethod.Occlusion], Window = 4, Stride = 5 });
        AssertInvalid("MaskCount", new SaliencyOptions { Method = [SaliencyMethod.Rise], MaskCount = 0 });
        AssertInvalid("MaskSize", new SaliencyOptions { Method = [SaliencyMethod.Rise], MaskSize = 0 });
        AssertInvalid("MaskProbability", new SaliencyOptions { Method = [SaliencyMethod.Rise], MaskProbability = 0 });
        AssertInvalid("BatchSize", new SaliencyOptions { BatchSize = 0 });

        void AssertInvalid(string name, SaliencyOptions options)
        {
            var error = Assert.Throws<CnnVizException>(() => SaliencyReader.Check(model, options));
            Assert.Equal("ArgumentInvalid", error.ErrorId);
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(50)]
    public void QuadratureIsExactForPolynomials(int count)
    {
        var quadrature = GaussLegendre.Of(count);
        for (var degree = 0; degree < 2 * count; degree++)
            Assert.Equal(1.0 / (degree + 1), quadrature.Places.Zip(quadrature.Weights, (place, weight) => weight * Math.Pow(place, degree)).Sum(), 1e-12);
    }

    private static IReadOnlyList<SaliencyMap> Read(CnnModel model, CnnImage[] images, SaliencyOptions options) =>
        SaliencyReader.Read(model, images, options with { Preprocessing = PreprocessingMode.Raw });

    private static CnnModel Formula(string architecture) => new(Architectures.Find(architecture)!.Build(), FormulaWeights.Of(Architectures.Find(architecture)!.Build(), "dev"));

    private static CnnImage Image(string name, int size)
    {
        using var scope = NewDisposeScope();
        return new CnnImage(TensorTransfer.ToArray(FormulaWeights.Image($"input/{name}", [1, 3, size, size], "dev")), 3, size, size);
    }

    private static double ScoreOfMean(CnnModel model, SaliencyMap map)
    {
        using var scope = NewDisposeScope();
        return TensorTransfer.ToArray(model.Run(zeros([1, .. map.Values.Shape.Select(extent => (long)extent)])))[map.Target!.Value];
    }

    /// <summary>A net with a branch, whose rows are computed alike in every batch.</summary>
    private static CnnModel Small()
    {
        var builder = new NetworkBuilder()
            .Add("conv1", new Convolution(3, 8, 3) { Stride = 2 })
            .Add("bn1", new BatchNormalization(8))
            .Add("relu1", new Activation(ActivationFunction.Relu));
        var shortcut = builder.Last;
        return CnnModel.CreateRandom(
            builder
                .Add("conv2", new Convolution(8, 8, 3) { Padding = 1 })
                .Add("relu2", new Activation(ActivationFunction.Relu))
                .Add("add", new Addition(), builder.Last, shortcut)
                .Add("pool", new MaxPooling(3, 2))
                .Add("flatten", new Flatten())
                .Add("fc", new Dense(8 * 25, 4))
                .Build("test", [3, 24, 24]),
            seed: 1);
    }

    /// <summary>Class 1's logit is 1 plus a multiple of the mean of the 8×8 pixels in the upper left corner; class 0's is always the same.</summary>
    private static CnnModel LooksAtTheUpperLeft(float gain = 1, float other = 1) => new(
        new NetworkBuilder().Add("flatten", new Flatten()).Add("fc", new Dense(32 * 32, 2)).Build("corner", [1, 32, 32]), Corner(gain, other));

    private static Dictionary<string, Tensor> Corner(float gain, float other = 1)
    {
        var weights = new float[2 * 32 * 32];
        for (var i = 0; i < 64; i++)
            weights[32 * 32 + i / 8 * 32 + i % 8] = gain / 64;
        return new Dictionary<string, Tensor> { ["fc.weight"] = tensor(weights, [2, 32 * 32]).DetachFromDisposeScope(), ["fc.bias"] = tensor([other, 1f], [2]).DetachFromDisposeScope() };
    }

    private static CnnImage Noise(int seed, int channels = 3, int height = 24, int width = 24)
    {
        var random = new CnnViz.Running.SplitMix64((ulong)seed);
        return new CnnImage([.. Enumerable.Range(0, channels * height * width).Select(_ => random.NextBell())], channels, height, width);
    }

    private static double Mean(CnnTensor map, Func<int, int, bool> isIn)
    {
        var width = map.Shape[^1];
        return map.Data.Where((_, i) => isIn(i / width, i % width)).Average();
    }

    private static void AssertClose(CnnTensor one, CnnTensor other, double tolerance)
    {
        Assert.Equal(one.Shape, other.Shape);
        var distance = Math.Sqrt(one.Data.Zip(other.Data, (a, b) => Math.Pow(a - b, 2)).Sum());
        var length = Math.Sqrt(one.Data.Sum(value => (double)value * value));
        Assert.True(length > 0 && distance <= tolerance * length, $"They differ by {distance / length} of their length.");
    }
}
