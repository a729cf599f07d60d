using System.Collections;

namespace CnnViz.Parameters;

/// <summary>Completes devices. It does not ask which are there: that would load libtorch.</summary>
public sealed class DeviceCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) => ["cpu", "cuda", "cuda:0"];
}
