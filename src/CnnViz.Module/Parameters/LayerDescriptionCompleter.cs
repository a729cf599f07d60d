using System.Collections;
using CnnViz.Networks.Sequential;

namespace CnnViz.Parameters;

/// <summary>Completes the first words of layers' descriptions.</summary>
public sealed class LayerDescriptionCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) => SequentialNetwork.LayerNames;
}
