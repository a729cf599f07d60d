using CnnViz.Attacks;
using CnnViz.Imaging;
using CnnViz.Reading;
using CnnViz.Running;

namespace CnnViz.Reporting;

/// <summary>A digit that was changed a little and is read as another, what the network looks at in both, and how many digits withstand.</summary>
internal sealed class AttackSection : ITourSection
{
    private const int Shown = 3;
    private const int Goal = 8;
    private const int Candidates = 10;
    private const double Epsilon = 0.15;
    private const int Measured = 100;
    private const int Steps = 10;
    private const int TileSize = 168;
    private static readonly Fraction[] Epsilons = [0, 0.05, 0.1, 0.15, 0.2, 0.3];

    public string Title => $"A {Shown} that becomes an {Goal}";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var seed = context.Options.Seed;
        var threes = context.Test.OfClass(Shown);
        var options = new AttackOptions { Target = context.Model.Labels[Goal], Epsilon = Epsilon, Seed = seed };
        var examples = AdversarialMaker.Make([context.Model], [.. Enumerable.Range(0, Math.Min(Candidates, threes.Count)).Select(threes.GetImage)], options, new RunOptions()).Examples;
        // One that is read surely before, and fools.
        var example = examples.OrderByDescending(made => made.Success).ThenByDescending(made => made.Before.Probability).First();
        var picture = Picture.Of(example)!;
        ContactSheetTile[] tiles = [Tile(picture.Original!), Tile(picture.Between!), Tile(picture)];
        var maps = SaliencyReader.Read(
            context.Model, [example.Clean, example.Adversarial], new SaliencyOptions { Method = [SaliencyMethod.SmoothGrad], Seed = seed });
        ContactSheetTile[] looked = [.. maps.Select(map => new ContactSheetTile(Picture.Of(map)!.Draw(), Picture.Of(map)!.Caption))];
        return
        [
            new Paragraph(FormattableString.Invariant(
                $"Which small change would make the network say something else? The gradient knows: each pixel goes the way that makes it an {Goal} most quickly, by at most {255 * Epsilon:0} of 255 levels. A person still reads the {Shown}. The picture was saved, read back and read again before this was written: it fools as a file.")),
            context.Save("adversarial", ContactSheet.Draw(tiles, new ContactSheetOptions { ColumnCount = tiles.Length, MinimumTileSize = TileSize }), example.Recipe,
                FormattableString.Invariant($"Before, {100 * example.Before.Probability:0.0} % sure of a {example.Before.Label}; the change, magnified around grey; and after, {100 * example.After.Probability:0.0} % sure of a {example.After.Label}.")),
            context.Save("adversarial-saliency", ContactSheet.Draw(looked, new ContactSheetOptions { ColumnCount = looked.Length, MinimumTileSize = TileSize }), maps[0].Recipe,
                "What drives each answer. Where the network looks has changed, though the digit hardly has."),
            Curve(context),
        ];
    }

    private static Figure Curve(TourContext context)
    {
        var count = Math.Min(Measured, context.Test.Count);
        AttackMethod[] methods = [AttackMethod.Fgsm, AttackMethod.Pgd];
        RobustnessPoint[] points = [.. methods.SelectMany(method => Measure(context, method, count))];
        return context.Save("robustness", RobustnessCurves.Draw(points), points[^1].Recipe,
            FormattableString.Invariant($"How many of {count} test digits are still read rightly when each may be changed by epsilon: by one step along the gradient's signs (Fgsm), and by {Steps} (Pgd). What lies between is how much one step flatters a network."));
    }

    private static IReadOnlyList<RobustnessPoint> Measure(TourContext context, AttackMethod method, int count)
    {
        using var run = new RobustnessRun(context.Model, context.Test, new RobustnessOptions
        {
            Epsilon = Epsilons,
            Method = [method],
            First = count,
            BatchSize = count,
            Attack = new AttackOptions { Step = Steps, Seed = context.Options.Seed },
        });
        Run.ToEnd(run, new RunOptions());
        return run.Points();
    }

    private static ContactSheetTile Tile(Picture picture) => new(picture.Draw(), picture.Caption);
}
