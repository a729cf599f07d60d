using CnnViz.Attacks;
using CnnViz.Imaging;
using CnnViz.Reading;
using CnnViz.Replaying;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Maximization;
using CnnViz.Synthesis.Style;

namespace CnnViz.Tests.Replaying;

/// <summary>Settings become texts and come back as they were.</summary>
public sealed class OptionTextTests
{
    [Fact]
    public void Labels_with_commas_and_quotes_come_back()
    {
        var texts = OptionText.Write(new MaximizationOptions { Class = ["hare, Arctic", "the \"best\"", "3"], Neuron = [4, 2, 2], Jitter = 3 });
        Assert.Equal("\"hare, Arctic\",\"the \"\"best\"\"\",3", texts["Class"]);
        var back = OptionText.Read<MaximizationOptions>(texts);
        Assert.Equal(["hare, Arctic", "the \"best\"", "3"], back.Class);
        Assert.Equal([4, 2, 2], back.Neuron);
        Assert.Equal((3, null, 50), (back.Jitter, back.Step, back.CheckpointInterval));
    }

    [Fact]
    public void Numbers_keep_all_their_digits()
    {
        var options = new AttackOptions { Epsilon = 8.0 / 255 + 1e-12, StepSize = 1.0 / 3, Confidence = 0.1 + 0.2, Seed = long.MaxValue };
        Assert.Equal(options, OptionText.Read<AttackOptions>(OptionText.Write(options)));
        Assert.Equal("8/255", OptionText.Write(new AttackOptions())["Epsilon"]);
        var style = OptionText.Read<StyleOptions>(OptionText.Write(new StyleOptions { MemoryLimit = new ByteSize(1_234_567_891), StyleLayer = [new("relu1", 0.3), new("relu2")] }));
        Assert.Equal(1_234_567_891, style.MemoryLimit!.Value.Bytes);
        Assert.Equal([new LayerWeight("relu1", 0.3), new LayerWeight("relu2")], style.StyleLayer);
    }

    [Fact]
    public void Settings_within_settings_have_their_name_in_front()
    {
        var texts = OptionText.Write(new RobustnessOptions { Epsilon = [0, 0.1], Attack = new AttackOptions { Norm = AttackNorm.L2, Step = 7 } });
        Assert.Equal(("0,0.1", "L2", "7"), (texts["Epsilon"], texts["Attack.Norm"], texts["Attack.Step"]));
        Assert.Equal((AttackNorm.L2, (int?)7), (OptionText.Read<RobustnessOptions>(texts).Attack.Norm, OptionText.Read<RobustnessOptions>(texts).Attack.Step));
    }

    [Fact]
    public void Only_what_is_not_usual_is_said_of_a_drawing()
    {
        Assert.Empty(OptionText.Write(new DrawingOptions(), DrawingOptions.Default));
        var texts = OptionText.Write(new DrawingOptions { Colors = ColorMap.Magma, Maps = new MapViewOptions { View = MapView.Overlay, Alpha = 0.25f } }, DrawingOptions.Default);
        Assert.Equal(["Colors", "Maps.Alpha", "Maps.View"], texts.Keys);
        var back = OptionText.Read<DrawingOptions>(texts);
        Assert.Equal(("magma", MapView.Overlay, 0.25f), (back.Colors!.Name, back.Maps.View, back.Maps.Alpha));
    }

    [Fact]
    public void A_text_that_is_no_value_says_of_which_setting()
    {
        var failure = Assert.Throws<FormatException>(() => OptionText.Read<SaliencyOptions>(new Dictionary<string, string> { ["Method"] = "Gradient,Magic" }));
        Assert.StartsWith("Method cannot be 'Magic'", failure.Message, StringComparison.Ordinal);
    }
}
