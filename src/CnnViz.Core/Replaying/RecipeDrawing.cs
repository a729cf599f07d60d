using CnnViz.Imaging;

namespace CnnViz.Replaying;

/// <summary>How a recipe's picture was drawn.</summary>
internal static class RecipeDrawing
{
    /// <summary>The choices of drawing.</summary>
    /// <exception cref="CnnVizException"><c>RecipeInvalid</c>: one of them is not understood.</exception>
    public static DrawingOptions Of(Recipe recipe)
    {
        try
        {
            return recipe.Drawing is null ? DrawingOptions.Default : OptionText.Read<DrawingOptions>(recipe.Drawing);
        }
        catch (FormatException failure)
        {
            throw Errors.RecipeInvalid(recipe.Operation, failure.Message, failure);
        }
    }

    /// <summary>The recipe with how its picture is drawn, where that is not left to itself.</summary>
    public static Recipe With(Recipe recipe, DrawingOptions options)
    {
        var choices = OptionText.Write(options, DrawingOptions.Default);
        return choices.Count == 0 ? recipe : recipe with { Drawing = choices };
    }
}
