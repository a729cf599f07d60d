using System.Globalization;
using CnnViz.Imaging;
using CnnViz.Reading;

namespace CnnViz.Reporting;

/// <summary>What the network says of test digits: of the first ones, and of those where it errs or is least sure.</summary>
internal sealed class PredictionsSection : ITourSection
{
    private const int Tested = 2_000;
    private const int Batch = 500;
    private const int RightShown = 20;
    private const int HardShown = 9;
    private const int PictureSize = 112;

    public string Title => "What it says";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var tested = context.Test.Subset(..Math.Min(Tested, context.Test.Count));
        var predictions = Enumerable.Range(0, tested.Count).Chunk(Batch)
            .SelectMany(indices => Predictor.Predict(context.Model, [.. indices.Select(tested.GetImage)], new PredictionOptions { Top = 3 }))
            .ToArray();
        var wrong = predictions.Where(classes => !IsRight(classes)).ToArray();
        var hard = wrong.OrderByDescending(classes => classes[0].Probability)
            .Concat(predictions.Where(IsRight).OrderBy(classes => classes[0].Probability))
            .Take(HardShown).ToArray();
        var rest = wrong.Length < HardShown ? ", then what it read rightly and was least sure of" : "";
        var right = predictions.Where(IsRight).Take(RightShown)
            .Select(classes => new ContactSheetTile(classes[0].Image, string.Create(CultureInfo.InvariantCulture, $"{classes[0].Label}  {classes[0].Probability:0.0 %}")));
        return
        [
            context.Save("predictions", ContactSheet.Draw([.. right], new ContactSheetOptions { ColumnCount = 5, MinimumTileSize = 84 }), predictions[0][0].Recipe,
                "Test digits that it read rightly, with the class and its probability."),
            new Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"Of {tested.Count:N0} test digits it misread {wrong.Length}. Below are the errors that it was surest of{rest}. Blue is the true class.")),
            new PredictionCards([.. hard.Select((classes, i) => Card(context, classes, i))]),
        ];
    }

    private static bool IsRight(IReadOnlyList<Prediction> classes) => classes[0].Class == classes[0].Image.Class;

    private static PredictionCard Card(TourContext context, IReadOnlyList<Prediction> classes, int number)
    {
        var image = classes[0].Image;
        var heading = IsRight(classes) ? $"a {image.Label}, read rightly" : $"a {image.Label}, read as {classes[0].Label}";
        var picture = ImageResize.Resize(image, PictureSize, PictureSize, Interpolation.Nearest);
        return new PredictionCard(
            context.Save($"hard-{number + 1}", picture, classes[0].Recipe, heading), image.Label!, [.. classes.Select(entry => (entry.Label, entry.Probability))]);
    }
}
