using System.Globalization;
using CnnViz.Imaging;
using CnnViz.Networks.Sequential;
using CnnViz.Running;
using CnnViz.Training;

namespace CnnViz.Reporting;

/// <summary>A network from a list of layers, trained on six of the digits, and then taught the other four from a few pictures of each, in two phases.</summary>
internal sealed class TransferSection : ITourSection
{
    private const int Pictures = 3_000;
    private const int QuickPictures = 1_000;
    private const int PicturesOfEach = 5;
    private const int Phase = 10;
    private const int Tests = 500;
    private const string Frozen = "conv*";

    private static readonly string[] Body = ["conv 8 5x5 same relu", "maxpool 2", "conv 16 3x3 same relu", "maxpool 2", "flatten"];
    private static readonly int[] Known = [0, 1, 2, 3, 4, 5];
    private static readonly int[] New = [6, 7, 8, 9];

    public string Title => "A network of one's own, and what it learns next";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var seed = context.Options.Seed;
        var digits = Task(context, Known, context.Options.Quick ? QuickPictures : Pictures);
        using var start = Network(digits.Train.ClassCount, seed);
        using var model = Train(start, digits, new ModelTrainingOptions { Epoch = 3, Seed = seed });

        var few = Task(context, New, int.MaxValue);
        few = few with { Train = few.Train.Subset([.. New.SelectMany((_, index) => PlacesOf(few.Train, index).Take(PicturesOfEach))]) };
        var settings = new ModelTrainingOptions { Epoch = Phase, BatchSize = few.Train.Count, Seed = seed };
        using var head = Train(model, few, settings with { Freeze = [Frozen] });
        using var whole = Train(head, few, settings with { LearningRate = 3e-4 });
        // The same head from the same pictures, on filters that nobody trained; and all of that network trained at once.
        using var random = Network(few.Train.ClassCount, seed + 1);
        using var randomFilters = Train(random, few, settings with { Epoch = 2 * Phase, Freeze = [Frozen] });
        using var scratch = Train(random, few, settings with { Epoch = 2 * Phase });

        var transferred = head.History.Concat(whole.History);
        var examples = Enumerable.Range(0, few.Train.Count).Select(few.Train.GetImage).Select(image => new ContactSheetTile(image, image.Label));
        return
        [
            new Paragraph(
                $"A list of layers is a network: {string.Join(" · ", Body)} · dense {digits.Train.ClassCount}. "
                + $"It saw {Count(digits.Train)} digits from 0 to 5, {model.History.Count} times, and none of the others."),
            new BlockRow(
                new LineChart("Loss (cross-entropy)", "pass", [("training", [.. model.History.Select(epoch => epoch.Loss)])], "0.###"),
                new LineChart("0 to 5 read rightly", "pass", [("training", [.. model.History.Select(epoch => epoch.TrainAccuracy)]), ("test", TestOf(model.History))], "0.# %")),
            new Paragraph(
                $"Now it is to read 6, 7, 8 and 9, from {PicturesOfEach} pictures of each and no more. It gets a new last layer, and learns in two phases: {Phase} passes with its "
                + $"filters frozen, in which what the new layer does wrong cannot spoil them; then {Phase} with all of it, in smaller steps."),
            new BlockRow(
                context.Save("transfer-pictures", ContactSheet.Draw([.. examples], new ContactSheetOptions { ColumnCount = PicturesOfEach, MinimumTileSize = 56 }),
                    context.SampleRecipe("Get-CnnSample", ("Class", New), ("First", PicturesOfEach)), "All that it learned the last four digits from."),
                new LineChart(
                    "6 to 9 read rightly, of test digits", "pass",
                    [("transferred", TestOf(transferred)), ("random filters", TestOf(randomFilters.History)), ("all anew", TestOf(scratch.History))], "0.# %")),
            new Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"It reads {whole.History[^1].TestAccuracy:0.0 %} of {few.Test!.Count:N0} test digits rightly. The same new layer on filters that stay random comes to {randomFilters.History[^1].TestAccuracy:0.0 %}, and the same network trained from a random start to {scratch.History[^1].TestAccuracy:0.0 %}. What lies between is what filters for 0 to 5 are worth to digits that they were not made for.")),
        ];
    }

    private static CnnModel Network(int classCount, long seed) =>
        SequentialModel.Create([.. Body, string.Create(CultureInfo.InvariantCulture, $"dense {classCount}")], [1, 28, 28], seed: seed, name: "own");

    private static CnnModel Train(CnnModel model, DatasetSplits data, ModelTrainingOptions options) => ModelTraining.Train(model, data, options, new RunOptions())!;

    private static DatasetSplits Task(TourContext context, int[] classes, int count)
    {
        var train = context.Data.Train.OfClasses(classes);
        var test = context.Test.OfClasses(classes);
        return new DatasetSplits(train.Name, train.Subset(..Math.Min(count, train.Count)), test.Subset(..Math.Min(Tests, test.Count)));
    }

    private static IEnumerable<int> PlacesOf(CnnDataset data, int classIndex) => Enumerable.Range(0, data.Count).Where(place => data.GetClass(place) == classIndex);

    private static double[] TestOf(IEnumerable<EpochResult> history) => [.. history.Select(epoch => epoch.TestAccuracy!.Value)];

    private static string Count(CnnDataset data) => data.Count.ToString("N0", CultureInfo.InvariantCulture);
}
