using System.Globalization;

namespace CnnViz.Reporting;

/// <summary>The training as curves and as a table.</summary>
internal sealed class TrainingSection : ITourSection
{
    public string Title => "Learning";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var history = context.Model.History;
        return
        [
            new Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"The net saw {context.Data.Train.Count:N0} digits {history.Count} times and was tested with {context.Test.Count:N0} others after each pass. While it learns, dropout hides a part of its features, so that it does better in the test than in training.")),
            new BlockRow(
                new LineChart("Loss (cross-entropy)", "pass", [("training", [.. history.Select(epoch => epoch.Loss)])], "0.###"),
                new LineChart(
                    "Digits read rightly", "pass",
                    [("training", [.. history.Select(epoch => epoch.TrainAccuracy)]), ("test", [.. history.Select(epoch => epoch.TestAccuracy!.Value)])], "0.# %")),
            new ReportTable(
                ["#pass", "#loss", "#training", "#test", "#binary accuracy", "#seconds"],
                [
                    .. history.Select(epoch => (IReadOnlyList<string>)
                    [
                        Text(epoch.Epoch, "0"), Text(epoch.Loss, "0.0000"), Text(epoch.TrainAccuracy, "0.00 %"), Text(epoch.TestAccuracy!.Value, "0.00 %"),
                        Text(epoch.BinaryAccuracy!.Value, "0.00 %"), Text(epoch.Seconds, "0.0"),
                    ]),
                ]),
            new Paragraph("Binary accuracy counts each of the ten yes-or-no answers by itself, as some libraries do; it is always the more flattering figure."),
        ];
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
