using System.Collections;
using CnnViz.Imaging;

namespace CnnViz.Parameters;

/// <summary>Completes the names of filters.</summary>
public sealed class KernelCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) => Kernel.All.Select(kernel => kernel.Name);
}
