using CnnViz.Imaging;
using CnnViz.Reading;

namespace CnnViz.Reporting;

/// <summary>The kernels of both convolutions.</summary>
internal sealed class LearnedFiltersSection : ITourSection
{
    public string Title => "What it looks for";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var first = FilterReader.Read(context.Model, "conv1", []);
        var second = FilterReader.Read(context.Model, "conv2", []);
        var firstTiles = first.Select(filter => new ContactSheetTile(Annotation.Draw(filter.Values, ColorMap.Diverging), $"filter {filter.Index}"));
        var inputs = second[0].Values.Shape[0];
        // A row for each map of the first layer, a column for each filter of the second.
        var secondTiles = Enumerable.Range(0, inputs).SelectMany(input => second.Select(filter => new ContactSheetTile(
            ColorMap.Diverging.Apply(filter.Values.Slice(input), filter.Values.Data.Min(value => -Math.Abs(value)), filter.Values.Data.Max(Math.Abs)),
            input == inputs - 1 ? $"{filter.Index}" : null)));
        return
        [
            new Paragraph("Nobody chose these weights: training found them. Some of the first layer's filters are edge detectors much like the ones made by hand above."),
            context.Save("filters-conv1", ContactSheet.Draw([.. firstTiles], new ContactSheetOptions { ColumnCount = 3, Padding = 12 }), first[0].Recipe,
                "The six 5×5 filters of the first convolution with their weights. Red is positive, blue negative."),
            context.Save("filters-conv2", ContactSheet.Draw([.. secondTiles], new ContactSheetOptions { ColumnCount = second.Count, MinimumTileSize = 45, Padding = 5 }), second[0].Recipe,
                "The sixteen filters of the second convolution, a column each: six 5×5 kernels, one for each map of the first layer."),
        ];
    }
}
