namespace CnnViz.Training;

/// <summary>The parts of a dataset as a training uses them.</summary>
/// <param name="Train">What is learned from.</param>
/// <param name="Validation">What tells after each epoch whether it still gets better; null for none.</param>
/// <param name="Test">What is judged by after each epoch, and decides nothing; null for none.</param>
public sealed record TrainingParts(TrainingData Train, TrainingData? Validation, TrainingData? Test) : IDisposable
{
    /// <summary>Frees all of them.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Validation?.Dispose();
        Test?.Dispose();
    }
}
