using System.Globalization;
using System.Management.Automation;
using CnnViz.Parameters;
using CnnViz.Replaying;
using CnnViz.Running;

namespace CnnViz.Commands;

/// <summary>
/// Makes results again from their recipes: the same operation with the same options, model, pictures, threads and place in its batch. With -Compare it says
/// whether the result is the same bit for bit, and otherwise what differs.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "CnnRecipe", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(Prediction), typeof(CnnFilter), typeof(FeatureMap), typeof(SaliencyMap), typeof(ConvolutionResult), typeof(SynthesizedImage), typeof(AdversarialExample),
    typeof(RobustnessPoint), typeof(CnnModel), typeof(RecipeComparison))]
public sealed class InvokeCnnRecipeCommand : RecipeCommand
{
    private readonly Dictionary<string, CnnModel> _openModels = new(StringComparer.Ordinal);

    /// <summary>The models to take instead of finding those of the recipe: from Import-CnnModel, or names or paths.</summary>
    [Parameter]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource[] Model { get; set; } = [];

    /// <summary>The pictures to take instead of finding those of the recipe, in the order of its inputs; those beyond are found by the recipe.</summary>
    [Parameter]
    [ImageSourceTransformation]
    public ImageSource[] Image { get; set; } = [];

    /// <summary>The dataset to take instead of finding that of the recipe.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DatasetNameCompleter))]
    public object? Dataset { get; set; }

    /// <summary>Compares the result with the recipe's picture or result, and gives the comparison, which holds the new result.</summary>
    [Parameter]
    public SwitchParameter Compare { get; set; }

    /// <summary>Goes on with weights, pictures and datasets that are not those of the recipe; -Compare does that, too, and names them.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Take(RecipeArgument argument)
    {
        var recipe = argument.Recipe;
        Replay.Check(recipe);
        var recorded = Compare ? Recorded(argument) : null;
        if (!ShouldProcess(argument.Path ?? "the recipe", Description(recipe)))
            return;
        var result = Run(argument);
        if (recorded is null)
        {
            WriteObject(result);
            return;
        }
        WriteObject(Compute(() => recorded is CnnImage picture
            ? RecipeComparer.WithPicture(recipe, picture, result)
            : RecipeComparer.WithResult(recipe, recorded, result)));
    }

    private object Run(RecipeArgument argument)
    {
        var warnings = new List<string>();
        using var progress = ShowProgress();
        var (result, _) = Compute(() => Replay.Run(argument.Recipe, new ReplayOptions
        {
            Models = Model,
            Images = Image,
            Dataset = Dataset is null ? null : DatasetArgument.Open(SessionState.Path, Dataset),
            Folder = System.IO.Path.GetDirectoryName(argument.Path),
            AllowsOthers = Force || Compare,
            Warning = warnings.Add,
            OpenModels = _openModels,
            Run = new RunOptions { Progress = progress, Cancellation = Cancellation },
        }));
        foreach (var warning in warnings.Where(_ => !Compare))
            WriteWarning(warning);
        return result;
    }

    /// <summary>What the new result is compared with.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a recipe by itself; as <see cref="ImageSource.Read"/>.</exception>
    private object Recorded(RecipeArgument argument)
    {
        if (argument.Result is { } result)
            return result;
        if (argument.PicturePath is { } picture)
            return ImageSource.FromPath(picture).Read(cancellation: Cancellation);
        return argument.Path is { } path && Recipes.IsOfTraining(argument.Recipe)
            ? Compute(() => ModelSource.Parse(path).Open())
            : throw Errors.ArgumentInvalid("-Compare", argument.Path ?? "a recipe by itself", "a picture, a model or a result that the new one can be compared with");
    }

    private static string Description(Recipe recipe)
    {
        var of = string.Join(", ", recipe.Inputs.Where(input => input.Name != "Model").Select(input => input.Source ?? input.Name));
        return string.Create(CultureInfo.InvariantCulture, $"Run {recipe.Operation}{(recipe.Model is null ? "" : $" with {recipe.Model}")}{(of.Length == 0 ? "" : $" on {of}")} again");
    }
}
