using CnnViz.Running;

namespace CnnViz.Replaying;

/// <summary>What running a recipe again can be told. What is left out is found by what the recipe says.</summary>
public sealed record ReplayOptions
{
    /// <summary>The models to take, in the recipe's order.</summary>
    public IReadOnlyList<ModelSource> Models { get; init => field = value.ToArray(); } = [];

    /// <summary>The pictures to take, in the order of the recipe's inputs; those beyond are found by the recipe.</summary>
    public IReadOnlyList<ImageSource> Images { get; init => field = value.ToArray(); } = [];

    /// <summary>The dataset to take.</summary>
    public DatasetSplits? Dataset { get; init; }

    /// <summary>Where pictures are looked for that are not where they were: the folder of the recipe's own file.</summary>
    public string? Folder { get; init; }

    /// <summary>Goes on with weights and pictures that are not those of the recipe.</summary>
    public bool AllowsOthers { get; init; }

    /// <summary>Is told of weights and pictures that are not those of the recipe.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>The models that were opened, so that the next recipe finds them; they belong to the caller.</summary>
    public IDictionary<string, CnnModel> OpenModels { get; init; } = new Dictionary<string, CnnModel>(StringComparer.Ordinal);

    /// <summary>Progress and cancellation.</summary>
    public RunOptions Run { get; init; } = new();
}
