using System.Globalization;
using CnnViz.Networks;

namespace CnnViz.Reporting;

/// <summary>The table of the network's layers.</summary>
internal sealed class LayersSection : ITourSection
{
    public string Title => "LeNet-5, layer by layer";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var layers = NetworkAnalysis.Layers(context.Model.Network);
        return
        [
            new Paragraph(
                "Two convolutions look for features, pooling makes them coarser, four dense layers decide. Nearly all of the learned numbers are in the "
                + "dense layers, most of the work is in the convolutions. The receptive field is the square of input pixels that one value can see."),
            new ReportTable(
                ["layer", "type", "#output", "#parameters", "#multiply-adds", "#receptive field"],
                [
                    .. layers.Select(layer => (IReadOnlyList<string>)
                    [
                        layer.Name,
                        layer.Type,
                        string.Join(" × ", layer.OutputShape),
                        Number(layer.ParameterCount),
                        Number(layer.MultiplyAdds),
                        layer.ReceptiveField is { } side ? $"{side} × {side}" : "all",
                    ]),
                    ["together", "", "", Number(layers.Sum(layer => layer.ParameterCount)), Number(layers.Sum(layer => layer.MultiplyAdds)), ""],
                ]),
        ];
    }

    private static string Number(long value) => value == 0 ? "" : value.ToString("N0", CultureInfo.InvariantCulture);
}
