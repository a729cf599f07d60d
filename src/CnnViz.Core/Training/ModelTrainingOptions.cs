using System.ComponentModel;
using CnnViz.Running;

namespace CnnViz.Training;

/// <summary>The settings of a training of any model; the cmdlet and the command line read their options from here.</summary>
public sealed record ModelTrainingOptions
{
    internal const long UsualCacheLimit = 2L << 30;

    /// <summary>Passes over the training pictures.</summary>
    [Description("Passes over the training pictures.")]
    public int Epoch { get; init; } = 5;

    /// <summary>Pictures a step.</summary>
    [Description("Pictures a step.")]
    public int BatchSize { get; init; } = 32;

    /// <summary>The learning rate; null for the optimiser's usual one: 0.001, and 0.01 for SGD.</summary>
    [Description("The learning rate; left out, 0.001, and 0.01 for Sgd.")]
    public double? LearningRate { get; init; }

    /// <summary>What makes steps of gradients.</summary>
    [Description("Adam, AdamW (decoupled weight decay) or Sgd.")]
    public OptimizerKind Optimizer { get; init; }

    /// <summary>The momentum of SGD, in [0, 1).</summary>
    [Description("The momentum of Sgd.")]
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether that momentum looks ahead, as Nesterov's does.</summary>
    [Description("Nesterov's momentum for Sgd.")]
    public bool Nesterov { get; init; }

    /// <summary>The pull of the weights towards 0.</summary>
    [Description("The pull of the weights towards 0.")]
    public double WeightDecay { get; init; }

    /// <summary>How the learning rate goes over the training.</summary>
    [Description("How the learning rate goes: Constant, Cosine, Linear, Step (a tenth at the half and at three quarters) or InverseTime.")]
    public Schedule Schedule { get; init; }

    /// <summary>How fast <see cref="Schedule.InverseTime"/> falls: the rate is divided by 1 + decay · step.</summary>
    [Description("How fast InverseTime falls: the rate is divided by 1 + decay times the step.")]
    public double Decay { get; init; } = 0.01;

    /// <summary>Layers that are not trained: names, wildcards, or blocks such as <c>features</c>.</summary>
    [Description("Layers that stay as they are: names, wildcards or blocks, such as 'features.*'.")]
    public IReadOnlyList<string> Freeze { get; init => field = value.ToArray(); } = [];

    /// <summary>
    /// Whether batch normalisations stay as they are, wherever they stand. Fine-tuning on few pictures needs it: a small batch's mean and variance are no
    /// substitute for those of the first training, and weights that were published with their normalisation folded in know no others.
    /// </summary>
    [Description("Batch normalisations stay as they are: for fine-tuning on few pictures.")]
    public bool FreezeNormalization { get; init; }

    /// <summary>The classes of the trained model; null for the dataset's. Another number than the model's gives it a new, random head.</summary>
    [Description("The classes to tell apart; left out, the dataset's. Where the model has another number, it gets a new head.")]
    public int? ClassCount { get; init; }

    /// <summary>How pictures are varied: <c>shift</c>, <c>flip</c>, <c>rotate</c>, <c>scale</c>, <c>brightness</c>, each with a number or without.</summary>
    [Description("How pictures are varied: shift, flip, rotate, scale, brightness, each with how much (rotate=15) or the usual.")]
    public IReadOnlyList<string> Augmentation { get; init => field = value.ToArray(); } = [];

    /// <summary>The part of the training pictures that is not learned from but tells how well it goes, in [0, 1).</summary>
    [Description("The part of the training pictures that is set aside to tell how well it goes, such as 0.1.")]
    public double ValidationSplit { get; init; }

    /// <summary>Epochs without a smaller validation loss after which the training ends, with the weights of the best epoch.</summary>
    [Description("End after so many epochs without a smaller validation loss, with the weights of the best epoch.")]
    public int? Patience { get; init; }

    /// <summary>The bytes that prepared pictures, or what frozen layers make of them, may take in memory; beyond, they are made again in each epoch.</summary>
    [Description("The bytes of memory that prepared pictures, or what frozen layers make of them, may take.")]
    public long CacheLimit { get; init; } = UsualCacheLimit;

    /// <summary>The seed of every random choice.</summary>
    [Description("The seed of every random choice.")]
    public long Seed { get; init; }

    /// <summary>The settings of the steps.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a value out of range, or two that contradict each other.</exception>
    internal TrainingOptions ToSteps()
    {
        Require(Epoch >= 1, nameof(Epoch), Epoch, "1 or more");
        Require(BatchSize >= 2, nameof(BatchSize), BatchSize, "2 or more: batch normalisation needs them");
        Require(LearningRate is null or > 0 and < double.PositiveInfinity, nameof(LearningRate), LearningRate, "a number above 0");
        Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "0 or more and below 1");
        Require(!Nesterov || (Optimizer == OptimizerKind.Sgd && Momentum > 0), nameof(Nesterov), Nesterov, "-Optimizer Sgd with a momentum above 0");
        Require(WeightDecay is >= 0 and < double.PositiveInfinity, nameof(WeightDecay), WeightDecay, "0 or more");
        Require(Decay is >= 0 and < double.PositiveInfinity, nameof(Decay), Decay, "0 or more");
        Require(ClassCount is null or >= 2, nameof(ClassCount), ClassCount, "2 or more");
        Require(ValidationSplit is >= 0 and < 1, nameof(ValidationSplit), ValidationSplit, "0 or more and below 1, such as 0.1");
        Require(Patience is null or >= 1, nameof(Patience), Patience, "1 or more");
        Require(Patience is null || ValidationSplit > 0, nameof(Patience), Patience, "-ValidationSplit with it, such as 0.1: the validation loss is what it watches");
        Require(CacheLimit >= 0, nameof(CacheLimit), CacheLimit, "0 or more bytes");
        return new TrainingOptions
        {
            Epoch = Epoch,
            BatchSize = BatchSize,
            LearningRate = LearningRate ?? (Optimizer == OptimizerKind.Sgd ? 1e-2 : 1e-3),
            Schedule = Schedule,
            Decay = Decay,
            Optimizer = Optimizer,
            Momentum = Momentum,
            Nesterov = Nesterov,
            WeightDecay = WeightDecay,
            Patience = Patience,
            Augmentation = Training.Augmentation.Parse(Augmentation),
            Seed = Seed,
        };
    }

    private static void Require(bool holds, string name, object? found, string expected)
    {
        if (!holds)
            throw Errors.ArgumentInvalid(name, found, expected);
    }
}
