using CnnViz.Imaging;
using CnnViz.Reading;

namespace CnnViz.Reporting;

/// <summary>What in one digit drives the network's answer, by every method that it allows.</summary>
internal sealed class SaliencySection : ITourSection
{
    private const int Shown = 6;

    public string Title => "What drives the answer";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var obstacles = Enum.GetValues<SaliencyMethod>().ToDictionary(method => method, method => ObstacleOf(context.Model, method));
        SaliencyMethod[] methods = [.. obstacles.Where(pair => pair.Value is null).Select(pair => pair.Key)];
        var digit = context.DigitOf(Shown);
        var maps = SaliencyReader.Read(context.Model, [digit], new SaliencyOptions { Method = methods, Seed = context.Options.Seed });
        ContactSheetTile[] tiles =
        [
            new(digit, $"a {digit.Label}"),
            .. maps.Select(map => new ContactSheetTile(Picture.Of(map)!.Draw(), map.Method.ToString())),
        ];
        var refused = obstacles.Values.Where(reason => reason is not null).ToArray();
        return
        [
            new Paragraph(
                "Which pixels made it say what it said? Gradients ask how the score moves when a pixel changes: bright is strong. Attributions share the score out: red "
                + "pixels speak for the class, blue ones against it. Class activation maps and windows show the region, laid over the digit. That methods disagree is "
                + "part of the picture: none of them is the truth, and a stroke that all of them find is a safer guess than one that a single method does."),
            context.Save("saliency", ContactSheet.Draw(tiles, new ContactSheetOptions { ColumnCount = 5, MinimumTileSize = 112 }), maps[0].Recipe,
                FormattableString.Invariant($"A {digit.Label}, and what speaks for it being read as {maps[0].Label} ({100 * maps[0].Probability:0.0} %), by {methods.Length} methods.")),
            .. refused.Length == 0 ? (ReportBlock[])[] : [new Paragraph(string.Join(' ', refused))],
        ];
    }

    private static string? ObstacleOf(CnnModel model, SaliencyMethod method)
    {
        try
        {
            SaliencyReader.Check(model, new SaliencyOptions { Method = [method] });
            return null;
        }
        catch (CnnVizException obstacle)
        {
            return obstacle.Message;
        }
    }
}
