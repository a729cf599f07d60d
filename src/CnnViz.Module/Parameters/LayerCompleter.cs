using CnnViz.Networks;

namespace CnnViz.Parameters;

/// <summary>Completes the layers of the model that the command line speaks of.</summary>
public class LayerCompleter : ModelPartCompleter
{
    /// <inheritdoc/>
    protected sealed override IEnumerable<string> Names(Network? network, IReadOnlyList<string> labels) =>
        network?.Nodes.Skip(1).Where(IsOffered).Select(node => node.Name) ?? [];

    /// <summary>Whether a layer is one of those that the parameter takes.</summary>
    protected virtual bool IsOffered(Node node) => true;
}
