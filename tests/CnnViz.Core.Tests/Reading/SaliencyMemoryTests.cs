using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Reading;
using static TorchSharp.torch;

namespace CnnViz.Tests.Reading;

/// <summary>Whatever happens, no native tensor is left behind.</summary>
[Collection(Alone.Name)]
public sealed class SaliencyMemoryTests
{
    public static TheoryData<SaliencyMethod> Methods =>
    [
        SaliencyMethod.Gradient, SaliencyMethod.InputXGradient, SaliencyMethod.IntegratedGradients, SaliencyMethod.SmoothGrad, SaliencyMethod.SmoothGradSquared,
        SaliencyMethod.VarGrad, SaliencyMethod.DeepLift, SaliencyMethod.Occlusion, SaliencyMethod.Rise,
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public void NothingIsLeftAfterSuccess(SaliencyMethod method)
    {
        var before = Alone.CountTensors();
        using (var model = Model())
            Assert.Equal(4, SaliencyReader.Read(model, Images, Options(method)).Count);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void NothingIsLeftAfterCancellation(SaliencyMethod method)
    {
        var before = Alone.CountTensors();
        using (var model = Model())
        using (var ended = new CancellationTokenSource())
        {
            ended.Cancel();
            Assert.Throws<OperationCanceledException>(() => SaliencyReader.Read(model, Images, Options(method), cancellation: ended.Token));
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(SaliencyMethod.Occlusion)]
    [InlineData(SaliencyMethod.Rise)]
    [InlineData(SaliencyMethod.SmoothGradSquared)]
    [InlineData(SaliencyMethod.IntegratedGradients)]
    public async Task ALongMethodIsEndedOnTheWay(SaliencyMethod method)
    {
        var before = Alone.CountTensors();
        using (var model = Model())
        using (var ended = new CancellationTokenSource())
        {
            var options = Options(method) with { SampleCount = int.MaxValue, MaskCount = int.MaxValue, Step = 5_000, Window = 1, Stride = 1, BatchSize = 1 };
            var work = Task.Run(() => SaliencyReader.Read(model, Images, options, cancellation: ended.Token), CancellationToken.None);
            ended.CancelAfter(500);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None));
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(SaliencyMethod.IntegratedGradients)]
    [InlineData(SaliencyMethod.DeepLift)]
    [InlineData(SaliencyMethod.Occlusion)]
    public void NothingIsLeftAfterAnError(SaliencyMethod method)
    {
        var before = Alone.CountTensors();
        using (var model = Model())
        {
            var options = Options(method) with { BaselineImage = new CnnTensor(new float[4], [1, 2, 2]) };
            Assert.Equal("ShapeMismatch", Assert.Throws<CnnVizException>(() => SaliencyReader.Read(model, Images, options)).ErrorId);
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static CnnImage[] Images => [Image(1), Image(2)];

    private static SaliencyOptions Options(SaliencyMethod method) => new()
    {
        Method = [method],
        Target = ["0", "Top1"],
        Step = 5,
        SampleCount = 5,
        MaskCount = 5,
        BatchSize = 2,
        Preprocessing = PreprocessingMode.Raw,
    };

    private static CnnImage Image(int seed)
    {
        var random = new CnnViz.Running.SplitMix64((ulong)seed);
        return new CnnImage([.. Enumerable.Range(0, 64 * 64).Select(_ => random.NextBell())], 1, 64, 64);
    }

    private static CnnModel Model() => CnnModel.CreateRandom(
        new NetworkBuilder()
            .Add("conv", new Convolution(1, 8, 3))
            .Add("bn", new BatchNormalization(8))
            .Add("relu", new Activation(ActivationFunction.Relu))
            .Add("pool", new MaxPooling(2))
            .Add("flatten", new Flatten())
            .Add("fc", new Dense(8 * 31 * 31, 3))
            .Build("test", [1, 64, 64]),
        seed: 1);
}
