using CnnViz.Running;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Style;
using static TorchSharp.torch;

namespace CnnViz.Tests.Synthesis.Style;

/// <summary>However a style transfer ends, no native tensor is left behind.</summary>
[Collection(Alone.Name)]
public sealed class StyleTransferMemoryTests
{
    [Theory]
    [InlineData(SynthesisOptimizer.Lbfgs)]
    [InlineData(SynthesisOptimizer.Adam)]
    public void Nothing_is_left(SynthesisOptimizer optimizer)
    {
        var before = Alone.CountTensors();
        StyleTransferTests.Make(new StyleOptions { Scale = [20, 28], Step = 3, Optimizer = optimizer });
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Nothing_is_left_after_a_mistake_and_after_an_early_end()
    {
        var before = Alone.CountTensors();
        Assert.Throws<CnnVizException>(() => StyleTransferTests.Make(new StyleOptions { StyleLayer = [new("none")] }));
        using (var ended = new CancellationTokenSource())
        using (var model = StyleTransferTests.Model())
        {
            var picture = new CnnImage(new float[3 * 24 * 24], 3, 24, 24);
            var run = new RunOptions { Cancellation = ended.Token, Frame = _ => ended.Cancel() };
            Assert.False(StyleTransfer.Make(model, picture, [picture], new StyleOptions { Initialization = StyleStart.Noise, Step = 5 }, run).IsComplete);
        }
        Assert.Equal(before, Tensor.TotalCount);
    }
}
