namespace CnnViz.Cli.Options;

/// <summary>Models that were read together and are disposed together.</summary>
internal sealed class OpenModels : IDisposable
{
    private readonly List<CnnModel> _models = [];

    /// <summary>The models.</summary>
    public IReadOnlyList<CnnModel> All => _models;

    /// <summary>Takes a model over.</summary>
    public void Add(CnnModel model) => _models.Add(model);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var model in _models)
            model.Dispose();
    }
}
