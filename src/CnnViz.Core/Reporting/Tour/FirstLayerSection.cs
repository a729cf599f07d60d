using CnnViz.Imaging;
using CnnViz.Reading;

namespace CnnViz.Reporting;

/// <summary>The six maps of the first layer, for one digit of each class.</summary>
internal sealed class FirstLayerSection : ITourSection
{
    private const string Layer = "tanh1";

    public string Title => "What the first layer sees";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var digits = Enumerable.Range(0, context.Model.ClassCount).Select(context.DigitOf).ToArray();
        var maps = FeatureReader.Read(context.Model, digits, new FeatureMapOptions { Layer = [Layer] });
        var tiles = maps.SelectMany((map, row) => (IEnumerable<ContactSheetTile>)
        [
            new(map.Image),
            .. map.Channels.Select(channel => new ContactSheetTile(ColorMap.Diverging.Apply(map.Map(channel), -1, 1), row == maps.Count - 1 ? $"map {channel}" : null)),
        ]).ToArray();
        var sheet = ContactSheet.Draw(tiles, new ContactSheetOptions { ColumnCount = 1 + maps[0].Channels.Count, MinimumTileSize = 84 });
        return
        [
            new Paragraph("Each filter answers with a map: where in the picture it found what it looks for. After the activation (tanh) the answers lie between −1, blue, and 1, red."),
            context.Save("maps-layer1", sheet, maps[0].Recipe, $"One digit of each class, and the six maps that the first layer ({Layer}) makes of it."),
        ];
    }
}
