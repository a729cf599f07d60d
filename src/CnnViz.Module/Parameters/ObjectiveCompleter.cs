using CnnViz.Networks;
using CnnViz.Objectives;

namespace CnnViz.Parameters;

/// <summary>Completes objectives word by word: first what is asked, then the layer or the class of the model that the command line speaks of.</summary>
public sealed class ObjectiveCompleter : ModelPartCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(Network? network, IReadOnlyList<string> labels) =>
    [
        .. ObjectiveParser.Words,
        .. from word in ObjectiveParser.LayerWords from node in network?.Nodes.Skip(1) ?? [] select $"{word} {node.Name}",
        .. from word in ObjectiveParser.ClassWords from label in labels select $"{word} {label}",
    ];

    /// <inheritdoc/>
    protected override bool IsNext(string name, string typed) => !name.Contains(' ', StringComparison.Ordinal) || typed.Contains(' ', StringComparison.Ordinal);
}
