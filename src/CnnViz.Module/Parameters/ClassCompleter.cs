using CnnViz.Networks;

namespace CnnViz.Parameters;

/// <summary>Completes classes: places among the most probable, and the labels of the model that the command line speaks of.</summary>
public sealed class ClassCompleter : LabelCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(Network? network, IReadOnlyList<string> labels) => ["Top1", "Top2", "Top3", "Top4", "Top5", .. base.Names(network, labels)];
}
