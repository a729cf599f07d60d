using System.Collections;

namespace CnnViz.Parameters;

/// <summary>Completes the names of models.</summary>
public sealed class ModelNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) => ModelSource.KnownNames;
}
