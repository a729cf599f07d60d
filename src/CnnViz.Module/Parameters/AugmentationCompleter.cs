using System.Collections;
using CnnViz.Training;

namespace CnnViz.Parameters;

/// <summary>Completes the ways to vary pictures.</summary>
public sealed class AugmentationCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) => Augmentation.Names;
}
