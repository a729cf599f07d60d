using CnnViz.Networks.Zoo;
using CnnViz.Objectives;
using CnnViz.Reading;
using CnnViz.Serialization;
using Newtonsoft.Json;

namespace CnnViz.Tests.Serialization;

public sealed class ResultJsonTests
{
    private static readonly CnnImage Image = new([0, 0.1f, float.Epsilon, 1], 1, 2, 2)
    {
        Source = "a \"name\" ü.png",
        Label = "2020-01-01",
        Class = 7,
        IsNetworkInput = true,
        Recipe = new Recipe { Operation = "Test", Parameters = new Dictionary<string, string> { ["Date"] = "2020-01-01T00:00:00Z" }, Seed = long.MinValue },
    };

    private static SaliencyMap Map(Objective? objective) => new()
    {
        Image = Image,
        Method = SaliencyMethod.GradCam,
        Target = null,
        Objective = objective,
        Label = "x",
        Score = double.NaN,
        Probability = 0.1,
        Values = Image,
        Options = new SaliencyOptions { Objective = objective is null ? [] : [objective], Method = [SaliencyMethod.GradCam, SaliencyMethod.Rise], BaselineImage = Image },
        Warnings = ["one"],
        Recipe = Image.Recipe!,
    };

    private static T Copy<T>(T result) where T : notnull => (T)ResultJson.Read(ResultJson.Write(result), typeof(T));

    [Fact]
    public void APictureComesBackBitForBitWithWhatIsKnownOfIt()
    {
        var copy = Copy(Image);
        Assert.Equal(Image.Data, copy.Data);
        Assert.Equal((Image.Source, Image.Label, Image.Class, Image.IsNetworkInput), (copy.Source, copy.Label, copy.Class, copy.IsNetworkInput));
        Assert.Equal("2020-01-01T00:00:00Z", copy.Recipe!.Parameters["Date"]);
        Assert.Equal(long.MinValue, copy.Recipe.Seed);
    }

    [Fact]
    public void ATensorKeepsNumbersThatAreNone()
    {
        var tensor = new CnnTensor([float.NaN, float.NegativeInfinity, -0f, 1e-45f], [4]);
        Assert.Equal(tensor.Data.Select(BitConverter.SingleToInt32Bits), Copy(tensor).Data.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void AMapKeepsItsObjectiveAndOnePictureForAll()
    {
        var objective = (0.5 * (Objective)new ChannelObjective("conv1", 2)) + new DirectionObjective("conv2", [1, 0.1f], 4);
        var copy = Copy(Map(objective));
        Assert.Equal(objective.ToString(), copy.Objective!.ToString());
        Assert.Equal(objective.ToString(), copy.Options.Objective[0].ToString());
        Assert.Equal([SaliencyMethod.GradCam, SaliencyMethod.Rise], copy.Options.Method);
        Assert.True(double.IsNaN(copy.Score));
        Assert.Null(copy.Target);
        Assert.Equal(["one"], copy.Warnings);
        Assert.Same(copy.Image, copy.Values);
        Assert.Same(copy.Image, copy.Options.BaselineImage);
    }

    [Fact]
    public void TheModelStaysBehind()
    {
        using var model = CnnModel.CreateRandom(FourFilters.Build(), seed: 1);
        Assert.Null(Copy(Map(null) with { Model = model }).Model);
    }

    [Fact]
    public void ATextChoosesNoOtherTypesThanObjectives()
    {
        var text = ResultJson.Write(Map(new ChannelObjective("conv1", 2)));
        Assert.Contains("\"ChannelObjective\"", text, StringComparison.Ordinal);
        Assert.Throws<JsonSerializationException>(() => ResultJson.Read(text.Replace("ChannelObjective", "System.Diagnostics.Process", StringComparison.Ordinal), typeof(SaliencyMap)));
        Assert.Throws<JsonSerializationException>(() => ResultJson.Read(text.Replace("ChannelObjective", "ObjectiveParser", StringComparison.Ordinal), typeof(SaliencyMap)));
    }

    [Fact]
    public void EveryRecordThatCmdletsGiveIsOneOfTheTypes()
    {
        Assert.Contains(typeof(Prediction), ResultJson.Types);
        Assert.Contains(typeof(AdversarialExample), ResultJson.Types);
        Assert.Contains(typeof(CnnImage), ResultJson.Types);
        Assert.DoesNotContain(typeof(CnnModel), ResultJson.Types);
        Assert.DoesNotContain(typeof(CnnDataset), ResultJson.Types);
    }
}
