using System.Diagnostics;
using CnnViz.Reading;
using CnnViz.Running;

namespace CnnViz.Attacks;

/// <summary>Shows adversarial examples to models: which model's examples fool which.</summary>
public static class TransferMeter
{
    /// <summary>
    /// A rate for every source and every model. Examples have one source where they were made against the same model by the same method, within the same ε. A
    /// picture that a model misreads before it is changed does not count there.
    /// </summary>
    /// <param name="examples">The examples.</param>
    /// <param name="models">The models that are shown them, of the same classes; they stay their owners'.</param>
    /// <param name="options">How they are shown.</param>
    /// <param name="progress">Is told how it goes; null for nobody.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Source by source, for each the models in their order.</returns>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>, <c>ModelsDiffer</c>, <c>ModelWithoutClasses</c>, <c>ShapeMismatch</c>.</exception>
    public static IReadOnlyList<TransferRate> Measure(
        IReadOnlyList<AdversarialExample> examples, IReadOnlyList<CnnModel> models, TransferOptions options, IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (options.BatchSize < 1)
            throw Errors.ArgumentInvalid(nameof(options.BatchSize), options.BatchSize, "at least 1");
        if (options.Preprocessing == PreprocessingMode.Raw)
            throw Errors.ArgumentInvalid(nameof(options.Preprocessing), options.Preprocessing, "pictures in [0,1], which examples are");
        foreach (var model in models)
            Check(model, examples);
        var clock = Stopwatch.StartNew();
        var sources = examples.GroupBy(Source).ToArray();
        var names = Names(sources.Select(source => (source.Key.Model, source.Key.WeightsHash)).Concat(models.Select(model => (model.Name, model.WeightsHash))));
        var rates = new TransferRate[sources.Length, models.Count];
        for (var judge = 0; judge < models.Count; judge++)
        {
            for (var i = 0; i < sources.Length; i++)
            {
                var (source, model) = (sources[i].Key, models[judge]);
                progress?.Report(new RunProgress(
                    $"Examples against {source.Model}", judge * sources.Length + i, rates.Length, $"shown to {model.Name}", clock.Elapsed, null));
                var (count, fooled) = Judge(model, [.. sources[i]], options, cancellation);
                var (lower, upper) = WilsonInterval.Of(fooled, count);
                rates[i, judge] = new TransferRate
                {
                    SourceModel = names[(source.Model, source.WeightsHash)],
                    JudgedModel = names[(model.Name, model.WeightsHash)],
                    Method = source.Method.ToString(),
                    Norm = source.Norm.ToString(),
                    Epsilon = source.Epsilon,
                    IsTargeted = source.IsTargeted,
                    Count = count,
                    Fooled = fooled,
                    Lower = lower,
                    Upper = upper,
                    Recipe = Recipes.Create(
                        "Measure-CnnTransfer", model, options.BatchSize, ("SourceModel", source.Model), ("SourceWeightsHash", source.WeightsHash),
                        (nameof(source.Method), source.Method), (nameof(options.Preprocessing), options.Preprocessing)),
                };
            }
        }
        return [.. rates.Cast<TransferRate>()];
    }

    private static void Check(CnnModel model, IReadOnlyList<AdversarialExample> examples)
    {
        foreach (var example in examples)
        {
            var isSame = example.Model?.Labels.SequenceEqual(model.Labels)
                ?? (NameOf(model, example.Class) == example.Label && (example.Target is not { } target || NameOf(model, target) == example.TargetLabel));
            if (!isSame)
                throw Errors.ModelsDiffer(ModelOf(example), model.Name, "their classes are not the same");
        }
    }

    private static string? NameOf(CnnModel model, int index) => index < model.Labels.Count ? model.Labels[index] : null;

    private static string ModelOf(AdversarialExample example) => example.Recipe.Parameters.GetValueOrDefault("Models") ?? example.Recipe.Model!;

    private static (string Model, string WeightsHash, AttackMethod Method, AttackNorm Norm, double? Epsilon, bool IsTargeted) Source(AdversarialExample example) =>
        (ModelOf(example), example.Recipe.WeightsHash!, example.Method, example.Norm, example.Epsilon, example.Target is not null);

    /// <summary>Models of one name that have other weights are told apart by the beginning of their digests.</summary>
    private static Dictionary<(string Name, string WeightsHash), string> Names(IEnumerable<(string Name, string WeightsHash)> models)
    {
        var all = models.Distinct().ToArray();
        return all.ToDictionary(model => model, model => all.Count(other => other.Name == model.Name) > 1 ? $"{model.Name} {model.WeightsHash[..6]}" : model.Name);
    }

    private static (int Count, int Fooled) Judge(CnnModel model, AdversarialExample[] examples, TransferOptions options, CancellationToken cancellation)
    {
        var clean = Answers(model, [.. examples.Select(example => example.Clean)], options, cancellation);
        var changed = Answers(model, [.. examples.Select(example => example.Adversarial)], options, cancellation);
        int[] counted = [.. Enumerable.Range(0, examples.Length).Where(i => clean[i] == examples[i].Class)];
        return (counted.Length, counted.Count(i => examples[i].Target is { } target ? changed[i] == target : changed[i] != examples[i].Class));
    }

    /// <summary>The most probable class of each picture; neighbours of one size go through the network together.</summary>
    private static List<int> Answers(CnnModel model, CnnImage[] images, TransferOptions options, CancellationToken cancellation)
    {
        var answers = new List<int>(images.Length);
        var batch = new List<CnnImage>();
        foreach (var image in images.Select(image => NetworkInput.Prepare(model, image, options.Preprocessing)))
        {
            if (batch.Count == options.BatchSize || (batch.Count > 0 && !NetworkInput.IsAlike(batch[0], image)))
                Flush();
            batch.Add(image);
        }
        Flush();
        return answers;

        void Flush()
        {
            cancellation.ThrowIfCancellationRequested();
            if (batch.Count > 0)
                answers.AddRange(Predictor.Predict(model, batch, new PredictionOptions { Top = 1, Preprocessing = options.Preprocessing }).Select(top => top[0].Class));
            batch.Clear();
        }
    }
}
