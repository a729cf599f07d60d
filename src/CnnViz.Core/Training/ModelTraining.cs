using System.Globalization;
using CnnViz.Networks;
using CnnViz.Running;
using CnnViz.Runtime;
using CnnViz.Training.Inputs;

namespace CnnViz.Training;

/// <summary>Trains any model on any pictures: all of it, or with a frozen part and a new head as transfer learning does.</summary>
public static class ModelTraining
{
    /// <summary>Keeps the choice of validation pictures apart from all other random choices of the same seed.</summary>
    private const int ValidationStream = 1;

    /// <summary>Trains from a model's weights.</summary>
    /// <param name="model">The model to start from; it is not changed.</param>
    /// <param name="data">The pictures; with a test part, each epoch is evaluated on it.</param>
    /// <param name="options">The settings.</param>
    /// <param name="run">Progress, cancellation, checkpoint and resume.</param>
    /// <returns>A new model, with the last or best whole epoch where the run was cancelled; null where it was cancelled before the first was done.</returns>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: settings that do not fit each other, the model or the data; <c>LayerNotFound</c>: a
    /// pattern to freeze fits nothing; <c>ModelWithoutClasses</c>; <c>TrainingDiverged</c>; <c>CheckpointMismatch</c>; a picture that cannot be read.</exception>
    public static CnnModel? Train(CnnModel model, DatasetSplits data, ModelTrainingOptions options, RunOptions run)
    {
        var steps = options.ToSteps();
        TorchSetup.Ensure();
        if (!model.Network.HasClasses)
            throw Errors.ModelWithoutClasses(model.Name, model.Network.Nodes[^1].Name);
        if (model.Precision != Precision.Float32)
            throw Errors.ArgumentInvalid("Model", $"{model.Name} in {model.Precision}", "one in float32: import it with -Precision Float32");
        var (train, validation) = Split(data, options);
        var classCount = ClassCount(data, options);
        IReadOnlyList<string> renewed = [];
        using var headed = classCount == model.ClassCount ? null : Head.Replace(model, classCount, options.Seed, out renewed);
        var start = headed ?? model;

        var network = Freeze(start.Network, options, renewed);
        var loader = new TrainingInputsLoader(start, network, train, validation, data.Test, isVaried: steps.Augmentation is not null, options.CacheLimit);
        using var parts = loader.Parts;
        var task = string.Create(CultureInfo.InvariantCulture,
            $"{start} {string.Join("; ", start.Network.Layers)} {start.WeightsHash[..16]} on {data.Name}, {options.ValidationSplit} of it for validation, frozen '{string.Join(' ', options.Freeze)}'{(options.FreezeNormalization ? " and normalisations" : "")}");
        using var trainer = new Trainer(task, loader.Network, loader.Preprocessing, parts, steps, start);
        Run.ToEnd(trainer, run);
        return trainer.History.Count == 0 ? null : ToModel(start, trainer, data, Recipes.OfTraining(Recipes.ModelTraining, model, data, options));
    }

    /// <summary>The training pictures in two parts that share none; the second is null where there is to be no validation.</summary>
    internal static (CnnDataset Train, CnnDataset? Validation) Split(DatasetSplits data, ModelTrainingOptions options)
    {
        var count = data.Train.Count;
        var aside = options.ValidationSplit == 0 ? 0 : (int)Math.Round(options.ValidationSplit * count, MidpointRounding.AwayFromZero);
        if (count - aside < 1 || (options.ValidationSplit > 0 && aside == 0))
            throw Errors.ArgumentInvalid(nameof(options.ValidationSplit), options.ValidationSplit, $"a part that leaves pictures on both sides; {data.Train.Name} has {count}");
        if (aside == 0)
            return (data.Train, null);
        int[] order = [.. Enumerable.Range(0, count)];
        SplitMix64.ForStream(options.Seed, ValidationStream).Shuffle(order.AsSpan());
        return (data.Train.Subset([.. order[aside..].Order()]), data.Train.Subset([.. order[..aside].Order()]));
    }

    private static int ClassCount(DatasetSplits data, ModelTrainingOptions options)
    {
        var wanted = options.ClassCount ?? data.Train.ClassCount;
        if (wanted < data.Train.ClassCount)
            throw Errors.ArgumentInvalid(nameof(options.ClassCount), wanted, $"at least {data.Train.ClassCount}, as {data.Name} has");
        return wanted >= 2 ? wanted : throw Errors.ArgumentInvalid("Dataset", data.Name, "two classes or more; a folder a class, with pictures in it");
    }

    private static Network Freeze(Network network, ModelTrainingOptions options, IReadOnlyList<string> renewed)
    {
        var patterns = options.Freeze;
        var frozen = Freezing.Apply(network, patterns, options.FreezeNormalization);
        var trained = frozen.Nodes.Where(node => node.Operation.Parameters.Any(spec => spec.IsTrainable)).Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        if (trained.Count == 0)
            throw Errors.ArgumentInvalid(nameof(ModelTrainingOptions.Freeze), string.Join(' ', patterns), $"a pattern that leaves layers to train; all of {network.Architecture} would be frozen");
        if (patterns.Count > 0 && renewed.Count > 0 && !renewed.Any(trained.Contains))
            throw Errors.ArgumentInvalid(nameof(ModelTrainingOptions.Freeze), string.Join(' ', patterns), $"a pattern that leaves out the new head, {renewed[^1]}: frozen it would stay random");
        return frozen;
    }

    private static CnnModel ToModel(CnnModel start, Trainer trainer, DatasetSplits data, Recipe recipe)
    {
        var weights = trainer.CopyWeights();
        foreach (var (name, _) in start.Network.Parameters)
        {
            // What lay in front of the trained part, or beside it.
            if (!weights.ContainsKey(name))
                weights[name] = start.Weights[name].clone().DetachFromDisposeScope();
        }
        var labels = data.Train.Labels;
        return new CnnModel(start.Network, weights)
        {
            Name = start.Name.EndsWith($"-{data.Name}", StringComparison.Ordinal) ? start.Name : $"{start.Name}-{data.Name}",
            Labels = [.. labels, .. Enumerable.Range(labels.Count, start.ClassCount - labels.Count).Select(index => index.ToString(CultureInfo.InvariantCulture))],
            Preprocessing = start.Preprocessing,
            History = trainer.History,
            Recipe = recipe,
        };
    }
}
