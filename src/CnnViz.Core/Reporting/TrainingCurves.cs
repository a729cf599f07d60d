using CnnViz.Imaging;

namespace CnnViz.Reporting;

/// <summary>The picture of a training: loss and accuracy, epoch by epoch, of the pictures it learned from and of those it did not.</summary>
public static class TrainingCurves
{
    /// <summary>Draws it.</summary>
    /// <param name="title">What was trained.</param>
    /// <param name="history">The epochs, at least one.</param>
    public static CnnImage Draw(string title, IReadOnlyList<EpochResult> history)
    {
        var loss = new CurvePanel("loss", "epoch", "0.####",
            Curves(("training", history.Select(epoch => (double?)epoch.Loss)), ("validation", history.Select(epoch => epoch.ValidationLoss))));
        var accuracy = new CurvePanel("accuracy", "epoch", "0.## %",
            Curves(
                ("training", history.Select(epoch => (double?)epoch.TrainAccuracy)), ("validation", history.Select(epoch => epoch.ValidationAccuracy)),
                ("test", history.Select(epoch => epoch.TestAccuracy))));
        return CurveSheet.Draw(title, loss, accuracy);
    }

    private static (string Name, IReadOnlyList<double> Values)[] Curves(params ReadOnlySpan<(string Name, IEnumerable<double?> Values)> curves)
    {
        var known = new List<(string, IReadOnlyList<double>)>();
        foreach (var (name, values) in curves)
        {
            double[] measured = [.. values.OfType<double>()];
            if (measured.Length > 0)
                known.Add((name, measured));
        }
        return [.. known];
    }
}
