using CnnViz.Imaging;

namespace CnnViz.Reporting;

/// <summary>Well-known filters, laid over a digit by hand: Sobel's and two lines.</summary>
internal sealed class OwnFiltersSection : ITourSection
{
    private const int Shown = 5;

    private static readonly string[] Names = ["SobelX", "SobelY", "LineVertical", "LineHorizontal"];

    public string Title => "Filters by hand";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var digit = context.DigitOf(Shown);
        var kernels = Array.ConvertAll(Names, Kernel.Parse);
        var results = Array.ConvertAll(kernels, kernel => ImageFilter.Convolve(digit, kernel.Weights).Slice(0));
        var strength = results[0].Data.Zip(results[1].Data, (x, y) => MathF.Sqrt(x * x + y * y)).ToArray();
        ContactSheetTile[] tiles =
        [
            new(digit, "the digit"),
            .. kernels.Select(kernel => new ContactSheetTile(Annotation.Draw(AsTensor(kernel.Weights), ColorMap.Diverging), kernel.Name)),
            new(ColorMap.Grey.Apply(new CnnTensor(strength, results[0].Shape)), "edge strength"),
            .. results.Select(result => new ContactSheetTile(ColorMap.Diverging.Apply(result), $"{result.Minimum:0.0} to {result.Maximum:0.0}")),
        ];
        var sheet = ContactSheet.Draw(tiles, new ContactSheetOptions { ColumnCount = kernels.Length + 1, MinimumTileSize = 112 });
        return
        [
            new Paragraph(
                "A convolution lays a small table of weights over each place of the picture, multiplies, and adds up. Sobel's two tables answer to "
                + "edges, the 7×7 lines to strokes that run their way. Red is a positive answer, blue a negative one."),
            context.Save("own-filters", sheet, context.SampleRecipe("Invoke-CnnConvolution", ("Kernel", string.Join(',', Names)), ("Source", digit.Source)),
                "Above, a digit and four filters; below, what they make of it. The edge strength is the length of Sobel's two answers taken together."),
        ];
    }

    private static CnnTensor AsTensor(float[,] weights) => new([.. weights.Cast<float>()], [weights.GetLength(0), weights.GetLength(1)]);
}
