using System.Globalization;
using CnnViz.Data;
using CnnViz.Running;
using CnnViz.Synthesis.Style;

namespace CnnViz.Reporting;

/// <summary>One drawn picture in the style of another, with the style weighing little, more and most.</summary>
internal sealed class StyleSection : ITourSection
{
    private const string Network = "patternnet";
    private const string Content = "butterflies";
    private const string Style = "scales";
    private const int Place = 1;
    private const int Side = 208;
    private const int Steps = 60;
    private const int QuickSide = 112;
    private const int QuickSteps = 25;

    private static readonly double[] Weights = [1, 10, 100];

    public string Title => "One picture in the style of another";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var (isQuick, seed) = (context.Options.Quick, context.Options.Seed);
        var pictures = Datasets.Patterns(seed, isQuick ? QuickSide : Side, isClean: true).Test!;
        var (content, style) = (Picture(pictures, Content), Picture(pictures, Style));
        using var model = ModelSource.Parse(Network).Open();
        var options = new StyleOptions { Step = isQuick ? QuickSteps : Steps, Seed = seed };
        SynthesizedImage[] painted = [.. Weights.Select(weight => StyleTransfer.Make(
            model, content, [style], options with { StyleWeight = weight, Title = string.Create(CultureInfo.InvariantCulture, $"style weight {weight}") }, new RunOptions()).Images[0])];
        var falls = painted.Select(image => image.Terms["Style"]).Select(losses => string.Create(CultureInfo.InvariantCulture, $"{1 - losses[^1] / losses[0]:0.0 %}"));
        return
        [
            new Paragraph(
                "What is where in a picture is in the maps of a deep layer. Its texture is in how much each two maps of a layer are active together, wherever that is. "
                + "So a picture can keep the maps of one, and come to have the textures of another."),
            new BlockRow(
                context.Save("style-content", content, Recipe(context, Content, content), $"The content: drawn {Content}."),
                context.Save("style-style", style, Recipe(context, Style, style), $"The style: drawn {Style}.")),
            context.Save("style-weights", painted, Weights.Length, 208,
                $"{Network} paints the one in the style of the other, more of it from left to right: what tells its textures from the style's falls by {string.Join(", ", falls)}."),
        ];
    }

    private static CnnImage Picture(CnnDataset pictures, string name) => pictures.Sample(new SampleOptions { Class = name }).GetImage(Place);

    private static Recipe Recipe(TourContext context, string name, CnnImage picture) => context.SampleRecipe("Get-CnnSample", ("Class", name), ("Size", picture.Width));
}
