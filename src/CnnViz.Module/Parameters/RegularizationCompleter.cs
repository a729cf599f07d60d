using System.Collections;

namespace CnnViz.Parameters;

/// <summary>Completes what can keep a synthesis plain, with amounts to start from.</summary>
public sealed class RegularizationCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) =>
        ["l2 0.0001", "l6 0.001", "linf 1", "tv 0.0001", "decay 0.01", "blur 0.5 every 4", "gradientblur 1", "laplacian 4", "unitnorm mean", "none"];
}
