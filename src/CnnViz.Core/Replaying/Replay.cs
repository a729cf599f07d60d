using CnnViz.Runtime;
using TorchSharp;

namespace CnnViz.Replaying;

/// <summary>Runs recipes again.</summary>
public static class Replay
{
    private const int MostThreads = 1024;
    private const int MostTogether = 4096;

    /// <summary>The operations that can be run again, named as their cmdlets.</summary>
    public static IReadOnlyList<string> Operations { get; } = [.. ReplayOperation.All.Select(operation => operation.Name)];

    /// <summary>Makes a recipe's result again: the same operation with the same options, inputs, threads and batch.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="options">What is to be taken instead of what it names; null for nothing.</param>
    /// <returns>The result, of the same kind, and the recipe that it has now.</returns>
    /// <exception cref="CnnVizException">
    /// <c>RecipeNotReplayable</c>, <c>RecipeInvalid</c>, <c>RecipeInputMissing</c>, <c>RecipeInputDiffers</c>; as the operation.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static (object Result, Recipe Recipe) Run(Recipe recipe, ReplayOptions? options = null)
    {
        options ??= new ReplayOptions();
        var operation = ReplayOperation.Of(recipe);
        CheckNumbers(recipe);
        if (recipe.Threads is null)
            return Pick(recipe, operation.Run(Call()));
        TorchSetup.Ensure();
        var threads = torch.get_num_threads();
        torch.set_num_threads(recipe.Threads.Value);
        try
        {
            return Pick(recipe, operation.Run(Call()));
        }
        finally
        {
            torch.set_num_threads(threads);
        }

        ReplayCall Call() => new(recipe, new ReplayInputs(recipe, options), options.Run);
    }

    /// <summary>Throws where a recipe names an operation that cannot be run again.</summary>
    /// <exception cref="CnnVizException"><c>RecipeNotReplayable</c>.</exception>
    public static void Check(Recipe recipe) => _ = ReplayOperation.Of(recipe);

    /// <summary>A recipe may come from anybody: what it says of threads and batches must not bring this process down.</summary>
    private static void CheckNumbers(Recipe recipe)
    {
        foreach (var (name, value, least, most) in new[]
        {
            (nameof(recipe.Threads), recipe.Threads, 1, MostThreads), (nameof(recipe.BatchSize), recipe.BatchSize, 1, MostTogether),
            (nameof(recipe.BatchIndex), recipe.BatchIndex, 0, MostTogether - 1),
        })
        {
            if (value < least || value > most)
                throw Errors.RecipeInvalid(recipe.Operation, FormattableString.Invariant($"its {name} is {value}; expected {least} to {most}."));
        }
        if (recipe.Precision is { } precision && !Enum.TryParse<Precision>(precision, out _))
            throw Errors.RecipeInvalid(recipe.Operation, $"its Precision is '{precision}'; expected {string.Join(" or ", Enum.GetNames<Precision>())}.");
    }

    /// <summary>The one of the results that the recipe is of.</summary>
    private static (object Result, Recipe Recipe) Pick(Recipe recipe, IReadOnlyList<object> results)
    {
        var ofPicture = results.Count / ReplayCall.BatchCount(recipe);
        var index = (recipe.BatchIndex ?? 0) * ofPicture + recipe.ResultIndex;
        if (recipe.ResultIndex < 0 || recipe.ResultIndex >= ofPicture || index >= results.Count)
            throw Errors.RecipeInvalid(recipe.Operation, $"it is of result {recipe.ResultIndex}, and there are {ofPicture}.");
        return (results[index], Recipes.OfResult(results[index])!);
    }
}
