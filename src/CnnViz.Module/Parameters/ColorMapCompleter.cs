using System.Collections;
using CnnViz.Imaging;

namespace CnnViz.Parameters;

/// <summary>Completes the names of colour maps.</summary>
public sealed class ColorMapCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) => ColorMap.All.Select(map => map.Name);
}
