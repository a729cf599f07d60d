using System.Globalization;
using CnnViz.Networks;
using CnnViz.Networks.Zoo;

namespace CnnViz.Reporting;

/// <summary>GoogLeNet from its input to its answer, a row for each of its blocks.</summary>
internal sealed class DeepNetworkSection : ITourSection
{
    public string Title => "Inside GoogLeNet";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var network = GoogLeNet.Build();
        var needed = NetworkAnalysis.NeededForOutput(network);
        var blocks = NetworkAnalysis.Layers(network).Where((_, i) => needed[i + 1]).GroupBy(layer => layer.Name.Split('.')[0]);
        return
        [
            new Paragraph(
                "Deep networks are many blocks of one kind: an Inception block looks with windows of several sizes at once and lays what they find side by side. "
                + "On the way the maps become smaller and more, and each value sees more of the picture, in the end more than all of it: an edge, an eye, a face."),
            new ReportTable(
                ["block", "#operations", "#maps", "#size", "#learned numbers", "#multiply-adds", "#receptive field", "#activations"],
                [.. blocks.Select(block => Row(block.Key, [.. block]))]),
        ];
    }

    private static IReadOnlyList<string> Row(string name, LayerInfo[] layers)
    {
        var last = layers[^1];
        return
        [
            name,
            Number(layers.Length),
            Number(last.OutputShape[0]),
            last.OutputShape is [_, var height, var width] ? $"{height} × {width}" : "",
            Number(layers.Sum(layer => layer.ParameterCount)),
            Number(layers.Sum(layer => layer.MultiplyAdds)),
            last.ReceptiveField is { } side ? $"{side} × {side}" : "all",
            string.Create(CultureInfo.InvariantCulture, $"{layers.Sum(layer => layer.ActivationBytes) / 1024.0:N0} KiB"),
        ];
    }

    private static string Number(long value) => value == 0 ? "" : value.ToString("N0", CultureInfo.InvariantCulture);
}
