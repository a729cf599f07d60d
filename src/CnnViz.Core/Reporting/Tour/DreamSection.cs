using System.Globalization;
using CnnViz.Data;
using CnnViz.Running;
using CnnViz.Synthesis.Dreaming;
using CnnViz.Synthesis.Maximization;

namespace CnnViz.Reporting;

/// <summary>The network that comes along and sees colour: what some classes and channels of it look like, and what it dreams of a picture.</summary>
internal sealed class DreamSection : ITourSection
{
    private const string Network = "patternnet";
    private const string ChannelLayer = "conv3_2";
    private const string DreamLayer = "relu3_2";
    private const int Channels = 16;
    private const int ChannelSteps = 50;
    private const int QuickChannels = 6;
    private const int QuickSteps = 12;
    private const int Side = 256;
    private const int QuickSide = 160;
    private const string Dreamed = "clouds";
    private const int Place = 3;

    private static readonly string[] Classes = ["spirals", "honeycomb", "butterflies", "faces", "triangles", "dots", "zigzag", "scales"];

    public string Title => "What a network dreams of";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var (isQuick, seed) = (context.Options.Quick, context.Options.Seed);
        using var model = ModelSource.Parse(Network).Open();
        var classes = Make(model, new MaximizationOptions { Class = isQuick ? Classes[..4] : Classes, Seed = seed });
        var count = isQuick ? QuickChannels : Channels;
        var channels = Make(model, new MaximizationOptions { Layer = [ChannelLayer], Channel = [$"0..{count - 1}"], Step = isQuick ? QuickSteps : ChannelSteps, Seed = seed });

        var picture = Datasets.Patterns(seed, isQuick ? QuickSide : Side, isClean: true).Test!.Sample(new SampleOptions { Class = Dreamed }).GetImage(Place);
        var dream = DeepDreamer.Make(model, picture, new DreamOptions { Layer = [DreamLayer], Seed = seed }, new RunOptions()).Images[0];
        return
        [
            new Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"{Network} comes with CnnViz: {model.ParameterCount:N0} learned numbers that tell {model.ClassCount} kinds of drawn, coloured patterns apart. Noise that was changed until it is sure of a class shows what that class is to it.")),
            context.Save("pattern-classes", classes, 4, 128, "Made of noise for the network's classes, with the probability that it gives to each once the picture is a file."),
            context.Save("pattern-channels", channels, 8, 64, $"What drives {count} channels of {ChannelLayer}, half way through the network."),
            new Paragraph(
                "A dream starts from a picture instead, and asks for more of whatever a layer sees in it, at several sizes. What was faintly there comes out."),
            new BlockRow(
                context.Save("dream-before", picture, context.SampleRecipe("Get-CnnSample", ("Class", Dreamed), ("Size", picture.Width)), $"Drawn {Dreamed}."),
                context.Save("dream", dream.Image, dream.Recipe, string.Create(CultureInfo.InvariantCulture,
                    $"What {DreamLayer} makes of them. The network now says {dream.Predictions[0].Label}, {dream.Predictions[0].Probability:0.0 %}."))),
        ];
    }

    private static IReadOnlyList<SynthesizedImage> Make(CnnModel model, MaximizationOptions options) => ClassMaximizer.Make(model, options, new RunOptions()).Images;
}
