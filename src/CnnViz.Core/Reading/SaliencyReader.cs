using CnnViz.Running;
using CnnViz.Reading.Saliency;
using static TorchSharp.torch;

namespace CnnViz.Reading;

/// <summary>What in pictures drives a model's scores, or anything else that an objective can ask of it.</summary>
public static class SaliencyReader
{
    /// <summary>The maps: picture after picture, target after target, method after method. All share one forward pass.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">The pictures; they are computed together.</param>
    /// <param name="options">Which methods, targets and layers.</param>
    /// <param name="progress">Is told how far a long method is.</param>
    /// <param name="cancellation">Ends the work between its parts.</param>
    /// <exception cref="CnnVizException">As <see cref="Check"/>; <c>ShapeMismatch</c>, <c>ImageNotFinite</c>, <c>ModelDisposed</c>.</exception>
    public static IReadOnlyList<SaliencyMap> Read(
        CnnModel model, IReadOnlyList<CnnImage> images, SaliencyOptions options, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        var prepared = images.Select(image => NetworkInput.Prepare(model, image, options.Preprocessing)).ToArray();
        var (algorithms, questions, layer) = Plan(model, options, prepared[0].Shape);
        using var scope = NewDisposeScope();
        var pass = new SaliencyPass(model, prepared, options, questions, algorithms, layer, cancellation) { Progress = progress };
        var classes = model.ClassCount;
        var answers = pass.Logits();
        pass.Targets = questions.Resolve(prepared.Length, answers, classes);
        var choices = Array.ConvertAll(algorithms, algorithm => algorithm.UsesLayer ? algorithm.OwnLayer(model) ?? layer : null);
        var found = algorithms.Select(algorithm => Array.ConvertAll(
            Compute(algorithm, pass), attribution => (Values: TensorTransfer.ToManaged(attribution.Values), attribution.Deltas))).ToArray();
        var batch = Recipes.Of(
            "Get-SaliencyMap", [model], prepared.Length, layer is null || options.Layer.Count > 0 ? options : options with { Layer = [layer.Names(model)] });
        var maps = new List<SaliencyMap>();
        for (var i = 0; i < prepared.Length; i++)
        {
            var recipe = batch.OfImage(prepared[i], i);
            foreach (var (j, target) in pass.Targets.Index())
            {
                var objective = target.Of(i);
                var asked = target.ClassOf(i);
                for (var k = 0; k < algorithms.Length; k++)
                {
                    var raw = found[k][j].Values.Slice(i);
                    maps.Add(new SaliencyMap
                    {
                        Image = prepared[i],
                        Method = algorithms[k].Method,
                        Layer = choices[k]?.Names(model),
                        LayerReason = choices[k]?.Reason,
                        Target = asked,
                        Objective = asked is null ? objective : null,
                        Label = asked is { } index ? model.Labels[index] : objective.Caption,
                        Score = pass.Score(target, i),
                        Probability = asked is { } known ? Softmax.Probability(answers.AsSpan(i * classes, classes), known) : null,
                        Delta = found[k][j].Deltas?[i],
                        Values = SignAndReduction.Apply(raw, options),
                        Warnings = SaliencyDoubts.Of(pass, algorithms[k], target, i, raw),
                        Options = options,
                        Model = model,
                        Recipe = recipe with { ResultIndex = j * algorithms.Length + k },
                    });
                }
            }
        }
        return maps;
    }

    /// <summary>Throws where the model cannot give what is wanted, before any picture is read.</summary>
    /// <exception cref="CnnVizException">
    /// <c>ClassUnknown</c>, <c>ClassAmbiguous</c>, <c>IndexOutOfRange</c>, <c>LayerNotFound</c>, <c>LayerWithoutExtent</c>, <c>MethodUnsupported</c>,
    /// <c>ModelWithoutClasses</c>, <c>ShapeMismatch</c>, <c>ArgumentInvalid</c>.
    /// </exception>
    public static void Check(CnnModel model, SaliencyOptions options) =>
        // Raw tensors may be of any size, which is not known before they are read.
        Plan(model, options, options.Preprocessing == PreprocessingMode.Raw ? null : model.InputShape);

    private static (SaliencyAlgorithm[] Algorithms, SaliencyQuestions Questions, LayerChoice? Layer) Plan(CnnModel model, SaliencyOptions options, int[]? inputShape)
    {
        if (options.Objective.Count > 0 && !options.Target.SequenceEqual(new SaliencyOptions().Target))
            throw Errors.ArgumentInvalid(nameof(options.Target), string.Join(',', options.Target), "to be left out with -Objective; 'class dragonfly' is an objective too");
        var questions = new SaliencyQuestions(model, options, inputShape);
        if (options.Preset == SaliencyPreset.Thesis004 && !options.Method.Contains(SaliencyMethod.GradCam))
            throw Errors.ArgumentInvalid(nameof(options.Preset), options.Preset, $"{SaliencyPreset.None}, or {SaliencyMethod.GradCam} among the methods");
        if (options.BatchSize < 1)
            throw Errors.ArgumentInvalid(nameof(options.BatchSize), options.BatchSize, "at least 1");
        SaliencyAlgorithm[] algorithms = [.. options.Method.Select(SaliencyAlgorithms.Find)];
        foreach (var algorithm in algorithms)
        {
            if (algorithm.Obstacle(model) is { } obstacle)
                throw Errors.MethodUnsupported(model.Name, algorithm.Method.ToString(), obstacle);
            if (Misfit(algorithm, questions) is { } misfit)
                throw Errors.MethodUnsupported(model.Name, $"{algorithm.Method} of '{questions.Unusual!.Caption}'", misfit);
            if (algorithm.Invalid(options) is { } error)
                throw error;
        }
        if (options.Layer.Count > 0 && !algorithms.Any(algorithm => algorithm.UsesLayer))
            throw Errors.ArgumentInvalid(nameof(options.Layer), string.Join(", ", options.Layer), $"to be left out: {string.Join(", ", options.Method)} looks at the pixels and reads no layer, as {SaliencyMethod.GradCam} and its kin do");
        var isChosen = algorithms.Any(algorithm => algorithm.UsesLayer && algorithm.OwnLayer(model) is null);
        return (algorithms, questions, isChosen ? LayerChoice.Make(model, options.Layer, inputShape, questions.Ends) : null);
    }

    /// <summary>Why a method cannot answer a question; null where it can.</summary>
    private static string? Misfit(SaliencyAlgorithm algorithm, SaliencyQuestions questions) => algorithm switch
    {
        { NeedsClass: true } when questions.Unusual is not null => "its definition takes the weights of a class; GradCam is its generalisation",
        { UsesLayer: true } when questions.Ends.Length == 0 => "the objective looks at the picture and at no layer, whose maps could explain it",
        _ => null,
    };

    private static Attribution[] Compute(SaliencyAlgorithm algorithm, SaliencyPass pass)
    {
        pass.Cancellation.ThrowIfCancellationRequested();
        pass.Activity = $"{algorithm.Method} by {pass.Model.Name}";
        return algorithm.Compute(pass);
    }
}
