using System.Collections;
using CnnViz.Data;

namespace CnnViz.Parameters;

/// <summary>Completes the names of built-in datasets.</summary>
public sealed class DatasetNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) => Datasets.Names;
}
