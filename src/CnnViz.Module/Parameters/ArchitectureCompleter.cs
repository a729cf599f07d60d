using System.Collections;
using CnnViz.Networks.Zoo;

namespace CnnViz.Parameters;

/// <summary>Completes the names of architectures.</summary>
public sealed class ArchitectureCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) => Architectures.Names;
}
