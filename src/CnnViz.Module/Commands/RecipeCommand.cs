using System.ComponentModel;
using System.Management.Automation;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>What the cmdlets share that take recipes: out of files, or down the pipeline with results or by themselves.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RecipeCommand : CnnCommand
{
    private protected const string PathSet = nameof(Path);

    /// <summary>Pictures with a recipe in their text, models, saved values, and files of JSON beside others; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The paths of such files, in which * ? and [ are letters of the name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = nameof(LiteralPath))]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Results, pictures, recipes, and files.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = nameof(InputObject))]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Done for each recipe.</summary>
    private protected abstract void Take(RecipeArgument argument);

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        foreach (var path in Path)
            Attempt(() => TakeAll(ResolveInput(path).SelectMany(RecipeArgument.OfFile)));
        foreach (var path in LiteralPath)
            Attempt(() => TakeAll(RecipeArgument.OfFile(ResolveFile(path))));
        foreach (var item in InputObject)
            Attempt(() => TakeAll(RecipeArgument.Of(SessionState.Path, item)));
    }

    private void TakeAll(IEnumerable<RecipeArgument> arguments)
    {
        foreach (var argument in arguments)
            Attempt(() => Take(argument));
    }
}
