using System.Globalization;
using CnnViz.Running;
using CnnViz.Synthesis.Maximization;

namespace CnnViz.Reporting;

/// <summary>Pictures made to drive each digit, and each filter of both layers, as far as they can.</summary>
internal sealed class MaximizationSection : ITourSection
{
    private static readonly (string Layer, string Name, int Columns)[] Layers = [("conv1", "first", 6), ("conv2", "second", 8)];

    public string Title => "What it wants to see";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var digits = Make(context, new MaximizationOptions { Class = ["*"], Seed = context.Options.Seed });
        var least = digits.Min(digit => digit.Probability!.Value);
        return
        [
            new Paragraph(
                "Now the network is held still and the picture learns: from noise on, each pixel changes in the direction that raises what is asked for. "
                + "It was never shown anything but digits, and has no need to know what else there is; what it is surest of need not look like one."),
            context.Save("maximized-classes", digits, 5, 112, string.Create(CultureInfo.InvariantCulture,
                $"The perfect digits, as the network has it, with the probability that it gives to each once the picture is a file: {least:0.0 %} at least.")),
            .. Layers.Select(layer => Filters(context, layer.Layer, layer.Name, layer.Columns)),
        ];
    }

    private static Figure Filters(TourContext context, string layer, string name, int columns)
    {
        var filters = Make(context, new MaximizationOptions { Layer = [layer], Channel = ["*"], Step = context.Options.Quick ? 20 : null, Seed = context.Options.Seed });
        return context.Save($"maximized-{layer}", filters, columns, 84,
            $"What drives each of the {filters.Count} filters of the {name} layer ({layer}).");
    }

    private static IReadOnlyList<SynthesizedImage> Make(TourContext context, MaximizationOptions options) => ClassMaximizer.Make(context.Model, options, new RunOptions()).Images;
}
