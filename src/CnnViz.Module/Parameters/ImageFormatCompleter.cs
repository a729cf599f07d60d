using System.Collections;

namespace CnnViz.Parameters;

/// <summary>Completes the endings of the files that pictures are saved as.</summary>
public sealed class ImageFormatCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) => ["png", "jpg", "webp", "gif", "npy", "safetensors"];
}
