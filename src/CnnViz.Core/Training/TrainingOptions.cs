using CnnViz.Running;

namespace CnnViz.Training;

/// <summary>The settings of a training, as the steps need them.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training pictures.</summary>
    public int Epoch { get; init; } = 5;

    /// <summary>Pictures a step.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>The learning rate, before the schedule.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the learning rate goes over the training.</summary>
    public Schedule Schedule { get; init; }

    /// <summary>How fast <see cref="Schedule.InverseTime"/> falls.</summary>
    public double Decay { get; init; }

    /// <summary>What makes steps of gradients.</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>The momentum of <see cref="OptimizerKind.Sgd"/>.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether that momentum looks ahead.</summary>
    public bool Nesterov { get; init; }

    /// <summary>The pull of the weights towards 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// Epochs without a smaller validation loss after which the training ends; the weights are those of the epoch with the smallest one. Null for
    /// all epochs and the last one's weights.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>How pictures are varied; null for not at all.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>
    /// LeCun's rubbish class (1998, equation 9): a constant distance that competes with the classes' own; null for plain softmax cross-entropy.
    /// </summary>
    public double? RubbishDistance { get; init; }

    /// <summary>The seed of every random choice: start, order, dropout, augmentation.</summary>
    public long Seed { get; init; }
}
