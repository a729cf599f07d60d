using CnnViz.Imaging;
using CnnViz.Networks.Zoo;
using CnnViz.Reading;

namespace CnnViz.Reporting;

/// <summary>The net of four fixed filters: its filters with their values, and its maps before and after the activation and after the pooling.</summary>
internal sealed class FourFiltersSection : ITourSection
{
    private const int Shown = 4;

    public string Title => "A net that never learned";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        using var model = CnnModel.CreateRandom(FourFilters.Build(), seed: 0);
        var digit = context.DigitOf(Shown);
        var filters = FilterReader.Read(model, "conv", []);
        var maps = FeatureReader.Read(model, [digit], new FeatureMapOptions());
        var reach = maps.Max(map => Math.Max(Math.Abs(map.Minimum), map.Maximum));
        var tiles = new List<ContactSheetTile>();
        for (var index = 0; index < filters.Count; index++)
        {
            tiles.Add(new(Annotation.Draw(filters[index].Values, ColorMap.Diverging), $"filter {index + 1}"));
            tiles.AddRange(maps.Select(map => new ContactSheetTile(ColorMap.Diverging.Apply(map.Map(index), -reach, reach), $"{map.Layer} {map.Shape[1]}×{map.Shape[2]}")));
        }
        var sheet = ContactSheet.Draw(tiles, new ContactSheetOptions { ColumnCount = 1 + maps.Count, MinimumTileSize = 128, Padding = 10 });
        return
        [
            new Paragraph(
                "Four 4×4 filters, set by hand, find edges from the left, the right, above and below. The activation (ReLU) drops "
                + "the negative answers; max-pooling keeps the strongest of each four neighbours. Everything a larger net does is made of these three steps."),
            context.Save("four-filters", sheet, maps[0].Recipe with { Operation = "Get-FeatureMap" },
                $"From left to right: the filter with its values, the convolution before the activation, after it, and the pooled map, for a {digit.Label}. All maps share one scale, {-reach:0.0} to {reach:0.0}."),
        ];
    }
}
