using CnnViz.Running;

namespace CnnViz.Training;

/// <summary>The settings of a training.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training pictures.</summary>
    public int Epoch { get; init; } = 5;

    /// <summary>Pictures a step.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>The learning rate of Adam, before the schedule.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the learning rate goes over the training.</summary>
    public Schedule Schedule { get; init; }

    /// <summary>How pictures are varied; null for not at all.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>
    /// LeCun's rubbish class (1998, equation 9): a constant distance that competes with the classes' own; null for plain softmax cross-entropy.
    /// </summary>
    public double? RubbishDistance { get; init; }

    /// <summary>The seed of every random choice: start, order, dropout, augmentation.</summary>
    public long Seed { get; init; }
}
