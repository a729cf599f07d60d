using CnnViz.Reading;
using static CnnViz.Tests.Reading.ClassActivationMapTests;

namespace CnnViz.Tests.Reading;

/// <summary>Maps in bfloat16 show what those in float32 do.</summary>
public sealed class SaliencyPrecisionTests
{
    [Theory]
    [InlineData("relu")]
    [InlineData("relu6")]
    [InlineData("tanh")]
    [InlineData("elu")]
    public void Every_method_reads_a_network_in_bfloat16(string activation)
    {
        using var model = Small($"conv 8 3x3 {activation}; maxpool 2; conv 8 3x3 {activation}; globalpool; dense 5");
        var picture = Picture(model, 16);
        var options = new SaliencyOptions { Method = [.. Enum.GetValues<SaliencyMethod>().Where(method => Knows(model, method))], Target = ["Top1"], MaskCount = 100 };
        var exact = Read(model, [picture], options);
        model.ConvertTo(Precision.BFloat16);
        foreach (var (expected, found) in exact.Zip(Read(model, [picture], options)))
            Assert.True(Correlation(expected.Values.Data, found.Values.Data) > 0.9, $"{expected.Method}: {Correlation(expected.Values.Data, found.Values.Data)}");
    }

    private static bool Knows(CnnModel model, SaliencyMethod method)
    {
        try
        {
            SaliencyReader.Check(model, new SaliencyOptions { Method = [method] });
            return true;
        }
        catch (CnnVizException error) when (error.ErrorId == "MethodUnsupported")
        {
            return false;
        }
    }

    private static double Correlation(float[] one, float[] other)
    {
        var (mean, otherMean) = (one.Average(), other.Average());
        var product = one.Zip(other, (x, y) => (double)(x - mean) * (y - otherMean)).Sum();
        return product / Math.Sqrt(one.Sum(x => Math.Pow(x - mean, 2)) * other.Sum(y => Math.Pow(y - otherMean, 2)));
    }
}
