namespace CnnViz;

/// <summary>What one epoch of a training came to.</summary>
public sealed record EpochResult
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The mean loss over the training pictures, as they were seen.</summary>
    public required double Loss { get; init; }

    /// <summary>The part of training pictures put into the right class as they were seen, in [0,1].</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>The mean loss over the validation pictures; null without them. Where patience was asked for, the smallest is that of the weights that were kept.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The part of validation pictures put into the right class, in [0,1]; null without them.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The part of test pictures put into the right class, in [0,1]; null without test pictures.</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>
    /// The part of right yes-or-no answers when each class is asked for by itself (probability above one half), in [0,1]: what Keras calls accuracy
    /// under binary cross-entropy, and never below the class accuracy by much; null without test pictures.
    /// </summary>
    public required double? BinaryAccuracy { get; init; }

    /// <summary>The learning rate at its end.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How long its training took, evaluation left out.</summary>
    public required double Seconds { get; init; }
}
