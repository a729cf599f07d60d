using CnnViz.Imaging;

namespace CnnViz.Reporting;

/// <summary>Twenty digits with their labels, and one of them with its pixels' values written in.</summary>
internal sealed class SamplesSection : ITourSection
{
    private const int Count = 20;
    private const int Shown = 3;

    public string Title => "What goes in";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var tiles = Enumerable.Range(0, Count).Select(context.Test.GetImage).Select(image => new ContactSheetTile(image, image.Label)).ToArray();
        var sheet = ContactSheet.Draw(tiles, new ContactSheetOptions { ColumnCount = 5, MinimumTileSize = 84 });
        var digit = context.DigitOf(Shown);
        return
        [
            new Paragraph("The digits are drawn by the project itself: strokes, bent and turned and thickened at random, 28×28 grey pixels each, in the shape of MNIST."),
            context.Save("digits", sheet, context.SampleRecipe("Get-CnnSample", ("First", Count)), "Twenty test digits with their labels."),
            new Paragraph("To the network a picture is nothing but numbers between 0, black, and 1, white."),
            context.Save("digit-values", Annotation.Draw(digit), context.SampleRecipe("Export-CnnImage", ("Annotate", true), ("Source", digit.Source)),
                $"A {digit.Label} with the value of each pixel written into it.") with { IsDetailed = true },
        ];
    }
}
