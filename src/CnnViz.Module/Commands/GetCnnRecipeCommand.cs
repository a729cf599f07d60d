using System.Management.Automation;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>Reads how results were made: out of a picture's text, a model's or saved values' metadata, the JSON beside a file, or a result in the pipeline.</summary>
[Cmdlet(VerbsCommon.Get, "CnnRecipe", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Recipe))]
public sealed class GetCnnRecipeCommand : RecipeCommand
{
    /// <inheritdoc/>
    private protected override void Take(RecipeArgument argument)
    {
        var recipe = PSObject.AsPSObject(argument.Recipe);
        // Invoke-CnnRecipe -Compare knows by it what the recipe is of.
        if (argument.Path is { } path && recipe.Properties[nameof(Path)] is null)
            recipe.Properties.Add(new PSNoteProperty(nameof(Path), path));
        WriteObject(recipe);
    }
}
