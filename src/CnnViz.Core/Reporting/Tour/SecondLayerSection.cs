using CnnViz.Imaging;
using CnnViz.Reading;

namespace CnnViz.Reporting;

/// <summary>The sixteen maps of the second layer, for a six.</summary>
internal sealed class SecondLayerSection : ITourSection
{
    private const string Layer = "tanh2";
    private const int Shown = 6;

    public string Title => "What the second layer sees in a six";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var map = FeatureReader.Read(context.Model, [context.DigitOf(Shown)], new FeatureMapOptions { Layer = [Layer] })[0];
        var tiles = map.Channels.Select(channel => new ContactSheetTile(ColorMap.Diverging.Apply(map.Map(channel), -1, 1), $"map {channel}")).ToArray();
        return
        [
            new Paragraph("The second layer looks at the maps of the first, not at the picture: its maps are coarser, and stand for pieces of strokes, bends and gaps rather than edges."),
            context.Save("maps-layer2", ContactSheet.Draw(tiles, new ContactSheetOptions { ColumnCount = 4, MinimumTileSize = 100 }), map.Recipe,
                $"The sixteen maps of the second layer ({Layer}, {map.Shape[1]}×{map.Shape[2]} values each) for a {map.Image.Label}."),
        ];
    }
}
