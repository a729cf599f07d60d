using System.ComponentModel;
using CnnViz.Running;

namespace CnnViz.Networks;

/// <summary>What is wanted of a model that is given by its name or its file.</summary>
public sealed record ModelImportOptions
{
    /// <summary>An architecture by name gets the weights that it was published with, downloaded once; without it, random ones.</summary>
    [Description("With the weights that the architecture was published with; they are downloaded once and kept.")]
    public bool Pretrained { get; init; }

    /// <summary>True to take published weights from the cache only.</summary>
    [Description("Without the network: published weights only where they were downloaded before.")]
    public bool Offline { get; init; }

    /// <summary>
    /// The classes it is to tell apart; null for those that it has. Where it has others, its head is new, with random weights, and everything else
    /// as it was: the start of transfer learning.
    /// </summary>
    [Description("The classes to tell apart. Another number than the model has gives it a new head with random weights.")]
    public int? ClassCount { get; init; }

    /// <summary>The seed of random weights.</summary>
    [Description("The seed of random weights.")]
    public long Seed { get; init; }

    /// <summary>The architecture of a weight file that does not name it; null for the one that its entries fit.</summary>
    [Description("The architecture of a weight file; left out, it is recognised.")]
    public string? Architecture { get; init; }

    /// <summary>The numbers that the weights of a file were trained with.</summary>
    [Description("The numbers that a file's weights were trained with: Own, or Caffe for blue, green, red from 0 to 255, as the VGG of neural-style takes them.")]
    public InputNormalization Normalization { get; init; }

    /// <summary>A file with the names of the classes; null for those that the model brings.</summary>
    [Description("A file with the names of the classes: one a line, or JSON as a list or as Keras' class index.")]
    public string? Label { get; init; }

    /// <summary>Where it is to compute: <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    [Description("cpu, cuda or cuda:N.")]
    public string Device { get; init; } = "cpu";

    /// <summary>The numbers that it is to compute with; null for float32, and for those of the model that a file was exported from.</summary>
    [Description("Float32, or BFloat16: half the memory, and faster where the processor has it. Left out, an exported model keeps its own.")]
    public Precision? Precision { get; init; }

    /// <summary>Is told how a download goes, on the thread that called.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Is told in a sentence where the model comes from, on the thread that called.</summary>
    public Action<string>? Message { get; init; }

    /// <summary>Ends a download; what has come stays for the next attempt.</summary>
    public CancellationToken Cancellation { get; init; }
}
