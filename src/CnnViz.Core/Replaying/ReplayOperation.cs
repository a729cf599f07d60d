using CnnViz.Attacks;
using CnnViz.Imaging;
using CnnViz.Reading;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Dreaming;
using CnnViz.Synthesis.Maximization;
using CnnViz.Synthesis.Style;
using CnnViz.Training;

namespace CnnViz.Replaying;

/// <summary>An operation that can be run again: its name, and how it comes from a recipe's model, pictures and options to its results.</summary>
/// <param name="Name">The name, that of its cmdlet.</param>
/// <param name="Run">All its results, picture after picture where it takes several.</param>
internal sealed record ReplayOperation(string Name, Func<ReplayCall, IReadOnlyList<object>> Run)
{
    /// <summary>All of them. A new operation is a line.</summary>
    public static IReadOnlyList<ReplayOperation> All { get; } =
    [
        new("Get-CnnPrediction", call => [.. Predictor.Predict(call.Model, call.Batch, call.Options<PredictionOptions>()).SelectMany(predictions => predictions)]),
        new("Get-CnnFilter", call => call.Options<FilterOptions>() is var options ? FilterReader.Read(call.Model, options.Layer, options.Index) : []),
        new("Get-FeatureMap", call => FeatureReader.Read(call.Model, call.Batch, call.Options<FeatureMapOptions>())),
        new("Get-SaliencyMap", call => SaliencyReader.Read(call.Model, call.Batch, call.Options<SaliencyOptions>(), call.Run.Progress, call.Run.Cancellation)),
        new("Invoke-CnnConvolution", call => [ImageFilter.Apply(call.Picture("Image"), Kernel.Parse(call.Parameter("Kernel")), call.Options<ConvolutionOptions>())]),
        new("Invoke-ClassMaximization", call => Finished(ClassMaximizer.Make(call.Model, call.Options<MaximizationOptions>(), call.Run))),
        new("Invoke-DeepDream", call => Finished(DeepDreamer.Make(call.Model, call.Picture("Image"), call.Options<DreamOptions>(), call.Run))),
        new("Invoke-StyleTransfer", call => Finished(StyleTransfer.Make(call.Model, call.Picture("Content"), call.Pictures("Style"), call.Options<StyleOptions>(), call.Run))),
        new("New-AdversarialExample", call => Finished(AdversarialMaker.Make(call.Models, call.Batch, call.Options<AttackOptions>(), call.Run))),
        new("Measure-CnnRobustness", Robustness),
        new(Recipes.LeNetTraining, call => Finished(LeNetTraining.Train(call.Splits, call.Options<LeNetTrainingOptions>(), call.Run))),
        new(Recipes.ModelTraining, call => Finished(ModelTraining.Train(call.Model, call.Splits, call.Options<ModelTrainingOptions>(), call.Run))),
    ];

    /// <summary>The operation of a recipe.</summary>
    /// <exception cref="CnnVizException"><c>RecipeNotReplayable</c>: none of these.</exception>
    public static ReplayOperation Of(Recipe recipe) =>
        All.FirstOrDefault(operation => operation.Name.Equals(recipe.Operation, StringComparison.OrdinalIgnoreCase))
        ?? throw Errors.RecipeNotReplayable(recipe.Operation, All.Select(operation => operation.Name));

    private static IReadOnlyList<object> Finished(SynthesisOutcome outcome) =>
        outcome.Failure is { } failure ? throw failure : outcome.IsComplete ? outcome.Images : throw new OperationCanceledException();

    private static IReadOnlyList<object> Finished(AttackOutcome outcome) =>
        outcome.Failures.Count > 0 ? throw outcome.Failures[0].Error : outcome.IsComplete ? outcome.Examples : throw new OperationCanceledException();

    private static IReadOnlyList<object> Finished(CnnModel? model) => model is null ? throw new OperationCanceledException() : [model];

    private static IReadOnlyList<object> Robustness(ReplayCall call)
    {
        using var run = new RobustnessRun(call.Model, call.Dataset, call.Options<RobustnessOptions>());
        return Running.Run.ToEnd(run, call.Run) ? run.Points() : throw new OperationCanceledException();
    }
}
