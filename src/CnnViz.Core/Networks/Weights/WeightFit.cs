using static TorchSharp.torch;

namespace CnnViz.Networks.Weights;

/// <summary>How the entries of a file fit the parameters of a network.</summary>
internal sealed class WeightFit
{
    private WeightFit(Network network, IReadOnlyDictionary<string, WeightEntry> entries)
    {
        Network = network;
        Differences =
        [
            .. network.Parameters.Select(parameter => Difference(parameter.Name, parameter.Spec, entries.GetValueOrDefault(parameter.Name))).OfType<string>(),
            .. entries.Keys.Except(network.Parameters.Select(parameter => parameter.Name)).Select(unexpected => $"{unexpected} is unexpected"),
        ];
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>What is missing, misshapen or unexpected; empty where the file fits.</summary>
    public IReadOnlyList<string> Differences { get; }

    /// <summary>Compares.</summary>
    /// <param name="build">Builds the network for a number of classes; null for those that it was published with.</param>
    /// <param name="entries">The entries by the names that the network would give them.</param>
    public static WeightFit Of(Func<int?, Network> build, IReadOnlyDictionary<string, WeightEntry> entries)
    {
        var network = build(null);
        // The last parameter belongs to the layer that gives the logits: its first extent is the number of classes.
        var classes = entries.GetValueOrDefault(network.Parameters[^1].Name)?.Shape is [var extent and > 0 and <= int.MaxValue, ..] ? (int)extent : network.ClassCount;
        return new WeightFit(classes == network.ClassCount ? network : build(classes), entries);
    }

    /// <summary>True for the count of batches that a normalisation has seen; files of PyTorch before 0.4.1 lack it, and only training needs it.</summary>
    public static bool IsBatchCount(string name) => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static string? Difference(string name, ParameterSpec spec, WeightEntry? entry)
    {
        if (entry is null)
            return IsBatchCount(name) ? null : $"{name} is missing";
        return entry.Shape.SequenceEqual(spec.Extents) && IsFloating(entry.Type) == IsFloating(spec.DataType)
            ? null
            : $"{name} is {entry.Description}, expected {spec.DataType} [{string.Join(", ", spec.Shape)}]";
    }

    private static bool IsFloating(ScalarType type) => type is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16;
}
