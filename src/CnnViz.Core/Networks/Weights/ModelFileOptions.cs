using static TorchSharp.torch;

namespace CnnViz.Networks.Weights;

/// <summary>What a weight file does not say by itself, or is to be overruled.</summary>
public sealed record ModelFileOptions
{
    /// <summary>Where the model is to compute; the processor where null.</summary>
    public Device? Device { get; init; }

    /// <summary>The architecture by name; null for the one that the file's metadata name, else the one that its entries fit.</summary>
    public string? Architecture { get; init; }

    /// <summary>The numbers that the weights were trained with.</summary>
    public InputNormalization Normalization { get; init; }

    /// <summary>The names of the classes, as many as the network has; null for those of the file's metadata, else of the architecture.</summary>
    public IReadOnlyList<string>? Labels { get; init => field = value?.ToArray(); }
}
