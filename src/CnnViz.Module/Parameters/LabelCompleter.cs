using CnnViz.Networks;

namespace CnnViz.Parameters;

/// <summary>Completes the labels of the model that the command line speaks of.</summary>
public class LabelCompleter : ModelPartCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(Network? network, IReadOnlyList<string> labels) => labels;
}
