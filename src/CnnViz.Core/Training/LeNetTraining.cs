using CnnViz.Networks.Zoo;
using CnnViz.Running;
using CnnViz.Runtime;
using CnnViz.Training.Inputs;

namespace CnnViz.Training;

/// <summary>Trains LeNet-5 on handwritten digits, or on any pictures: they are made grey and 28×28.</summary>
public static class LeNetTraining
{
    private const double LearningRate = 1e-3;
    private const double AugmentedLearningRate = 3e-3;
    private const double OriginalLearningRate = 4e-3;
    private const int BatchSize = 256;
    private const int OriginalBatchSize = 64;

    /// <summary>The constant distance j of LeCun's rubbish class; larger ones train worse.</summary>
    private const double RubbishDistance = 1;

    /// <summary>Background −0.1 and ink 1.175, which centres and scales the pixels of digits (LeCun et al. 1998, II.B).</summary>
    private static readonly Preprocessing Original = new() { Height = 28, Width = 28, Mean = [0.1f / 1.275f], Deviation = [1 / 1.275f] };

    /// <summary>Trains from a random start.</summary>
    /// <param name="data">The pictures; with a test part, each epoch is evaluated.</param>
    /// <param name="options">The settings.</param>
    /// <param name="run">Progress, cancellation, checkpoint and resume.</param>
    /// <returns>The model, with the last whole epoch where the run was cancelled; null where it was cancelled before the first was done.</returns>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>, <c>CheckpointMismatch</c>.</exception>
    public static CnnModel? Train(DatasetSplits data, LeNetTrainingOptions options, RunOptions run)
    {
        Check(options);
        TorchSetup.Ensure();
        var isOriginal = options.Variant == LeNetVariant.LeCun1998;
        var network = isOriginal ? LeNet5.Original() : LeNet5.Thesis(options.KernelSize, data.Train.ClassCount);
        if (data.Train.ClassCount != network.ClassCount)
            throw Errors.ArgumentInvalid("Dataset", data.Name, $"{network.ClassCount} classes for LeCun's network of 1998; it has {data.Train.ClassCount}");
        var preprocessing = isOriginal ? Original : Preprocessing.None(1, 28, 28);
        using var target = CnnModel.CreateRandom(network, options.Seed, preprocessing: preprocessing);
        using var parts = new TrainingInputsLoader(
            target, network, data.Train, validation: null, data.Test, isVaried: options.Augment, ModelTrainingOptions.UsualCacheLimit).Parts;
        var settings = new TrainingOptions
        {
            Epoch = options.Epoch,
            BatchSize = options.BatchSize ?? (isOriginal ? OriginalBatchSize : BatchSize),
            LearningRate = options.LearningRate ?? (isOriginal ? OriginalLearningRate : options.Augment ? AugmentedLearningRate : LearningRate),
            Schedule = options.Schedule ?? (options.Augment || isOriginal ? Schedule.Cosine : Schedule.Constant),
            Augmentation = options.Augment ? new Augmentation() : null,
            RubbishDistance = isOriginal ? RubbishDistance : null,
            Seed = options.Seed,
        };
        using var trainer = new Trainer($"{network.Architecture} on {data.Name}", network, preprocessing, parts, settings);
        Run.ToEnd(trainer, run);
        return trainer.History.Count == 0
            ? null
            : new CnnModel(network, trainer.CopyWeights())
            {
                Name = $"{network.Architecture}-{data.Name}",
                Labels = data.Train.Labels,
                Preprocessing = preprocessing,
                History = trainer.History,
                Recipe = Recipes.OfTraining(Recipes.LeNetTraining, null, data, options),
            };
    }

    private static void Check(LeNetTrainingOptions options)
    {
        if (options.Epoch < 1)
            throw Errors.ArgumentInvalid(nameof(options.Epoch), options.Epoch, "1 or more");
        if (options.Variant == LeNetVariant.LeCun1998 && options.KernelSize != LeNetTrainingOptions.UsualKernelSize)
            throw Errors.ArgumentInvalid(nameof(options.KernelSize), options.KernelSize, "5: the network of 1998 has no other kernels");
        if (options.BatchSize < 2)
            throw Errors.ArgumentInvalid(nameof(options.BatchSize), options.BatchSize, "2 or more: batch normalisation needs them");
        if (options.LearningRate is <= 0 or double.NaN)
            throw Errors.ArgumentInvalid(nameof(options.LearningRate), options.LearningRate, "a number above 0");
    }
}
