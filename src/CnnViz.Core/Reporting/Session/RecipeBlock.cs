namespace CnnViz.Reporting;

/// <summary>How a result was made, folded away below it: the settings as a table, and the recipe to be copied.</summary>
internal static class RecipeBlock
{
    /// <summary>The piece.</summary>
    public static ReportBlock Of(Recipe recipe)
    {
        IReadOnlyList<string>[] rows =
        [
            .. recipe.Inputs.Select(input => (IReadOnlyList<string>)[input.Name, input.Source ?? "from memory"]),
            .. recipe.Parameters.Select(parameter => (IReadOnlyList<string>)[parameter.Key, parameter.Value]),
        ];
        return new FoldedBlock(recipe.Operation, new ReportTable(["setting", "value"], rows), new FoldedBlock("Recipe", new CodeBlock(RecipeJson.WriteIndented(recipe))));
    }
}
