using CnnViz.Attacks;
using CnnViz.Reading;
using CnnViz.Running;

namespace CnnViz.Replaying;

/// <summary>What an operation takes that is run again: the recipe's options as its record, and its inputs, found when they are asked for.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="inputs">Finds its inputs.</param>
/// <param name="run">Progress and cancellation.</param>
internal sealed class ReplayCall(Recipe recipe, ReplayInputs inputs, RunOptions run)
{
    public IReadOnlyList<CnnModel> Models { get; } = inputs.Models();

    public CnnModel Model => Models.Count > 0 ? Models[0] : throw Errors.RecipeInvalid(recipe.Operation, "it names no model.");

    public CnnDataset Dataset => inputs.Dataset();

    public DatasetSplits Splits => inputs.Splits();

    public RunOptions Run => run;

    /// <summary>
    /// The picture as the network sees it, in the place that it had in its batch; copies of it stand for the others. What is computed for one picture depends, in
    /// its last bits, on how many there are and on its place, and on nothing in the others (but for ensembles of attacks, whose later attacks see only what withstood the first).
    /// </summary>
    public IReadOnlyList<CnnImage> Batch => [.. Enumerable.Repeat(Prepared("Image")[0], BatchCount(recipe))];

    /// <summary>How many pictures <see cref="Batch"/> has.</summary>
    public static int BatchCount(Recipe recipe) => recipe.BatchIndex is { } index ? Math.Max(recipe.BatchSize ?? 1, index + 1) : 1;

    /// <summary>A picture at its own size.</summary>
    public CnnImage Picture(string name) => Pictures(name)[0];

    /// <summary>The pictures of a name at their own sizes.</summary>
    /// <exception cref="CnnVizException"><c>RecipeInvalid</c>: there is none.</exception>
    public IReadOnlyList<CnnImage> Pictures(string name) => inputs.Pictures(name, source => source.Read(cancellation: run.Cancellation));

    /// <summary>A parameter that is none of the options.</summary>
    public string Parameter(string name) =>
        recipe.Parameters.TryGetValue(name, out var text) ? text : throw Errors.RecipeInvalid(recipe.Operation, $"it has no parameter {name}.");

    /// <summary>The options as the operation's own record, pictures among them too.</summary>
    public T Options<T>()
        where T : class, new()
    {
        try
        {
            var options = OptionText.Read<T>(recipe.Parameters, Models.Count > 0 ? Models[0] : null);
            OptionText.SetPictures(options, name =>
                !recipe.Inputs.Any(input => input.Name == name) ? []
                : name == nameof(SaliencyOptions.BaselineImage) ? Prepared(name)
                : Pictures(name));
            return options;
        }
        catch (FormatException failure)
        {
            throw Errors.RecipeInvalid(recipe.Operation, $"{failure.Message}", failure);
        }
    }

    /// <summary>The pictures of a name as the network sees them.</summary>
    private CnnImage[] Prepared(string name)
    {
        var mode = recipe.Parameters.TryGetValue(nameof(PredictionOptions.Preprocessing), out var text) && Enum.TryParse<PreprocessingMode>(text, out var known) ? known : default;
        if (recipe.Parameters.GetValueOrDefault(nameof(AttackOptions.FullSize)) == bool.TrueString)
            return inputs.Pictures(name, source => NetworkInput.InColorsOf(Model, source.Read(cancellation: run.Cancellation)));
        return inputs.Pictures(name, source => NetworkInput.Read(Model, source, mode, run.Cancellation).Images[0]);
    }
}
