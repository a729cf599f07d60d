using CnnViz.Networks.Zoo;

namespace CnnViz.Networks.Weights;

/// <summary>How the entries of a file fit the parameters of a network.</summary>
internal sealed class WeightFit
{
    private WeightFit(Network network, IReadOnlyDictionary<string, WeightEntry> entries)
    {
        Network = network;
        var differences = new List<string>();
        var auxiliary = new List<string>();
        HashSet<string>? needed = null;
        foreach (var (name, spec) in network.Parameters)
        {
            if (!entries.TryGetValue(name, out var entry))
            {
                if (IsBatchCount(name))
                    continue;
                needed ??= NeededForLogits(network);
                if (needed.Contains(name))
                    differences.Add($"{name} is missing");
                else
                    auxiliary.Add(name);
            }
            else if (!entry.Shape.SequenceEqual(spec.Extents) || WeightEntry.IsFloating(entry.Type) != WeightEntry.IsFloating(spec.DataType))
            {
                differences.Add($"{name} is {entry.Description}, expected {spec.DataType} [{string.Join(", ", spec.Shape)}]");
            }
        }
        differences.AddRange(entries.Keys.Except(network.Parameters.Select(parameter => parameter.Name)).Select(unexpected => $"{unexpected} is unexpected"));
        (Differences, MissingAuxiliary) = (differences, auxiliary);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>What is missing, misshapen or unexpected; empty where the file fits.</summary>
    public IReadOnlyList<string> Differences { get; }

    /// <summary>Parameters that are missing and that the logits do not depend on: those of heads that only training uses.</summary>
    public IReadOnlyList<string> MissingAuxiliary { get; }

    /// <summary>Compares with an architecture. Its builder is asked itself, for one that takes no other number of classes just fits or does not.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="entries">The entries by the names that the network would give them.</param>
    public static WeightFit Of(Architecture architecture, IReadOnlyDictionary<string, WeightEntry> entries) =>
        Of(classes => architecture.Builder(classes ?? architecture.ClassCount), entries);

    /// <summary>Compares.</summary>
    /// <param name="build">Builds the network for a number of classes; null for those that it was published with.</param>
    /// <param name="entries">The entries by the names that the network would give them.</param>
    public static WeightFit Of(Func<int?, Network> build, IReadOnlyDictionary<string, WeightEntry> entries)
    {
        var network = build(null);
        // The last parameter belongs to the layer that gives the logits: its first extent is the number of classes.
        var classes = network.Parameters.Count > 0 && entries.GetValueOrDefault(network.Parameters[^1].Name)?.Shape is [var extent and > 0 and <= int.MaxValue, ..]
            ? (int)extent
            : network.ClassCount;
        return new WeightFit(classes == network.ClassCount ? network : build(classes), entries);
    }

    /// <summary>True for the count of batches that a normalisation has seen; files of PyTorch before 0.4.1 lack it, and only training needs it.</summary>
    private static bool IsBatchCount(string name) => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static HashSet<string> NeededForLogits(Network network)
    {
        var isNeeded = NetworkAnalysis.NeededForOutput(network);
        return [.. network.Nodes.Where((_, i) => isNeeded[i]).SelectMany(node => node.Operation.Parameters.Select(spec => $"{node.Name}.{spec.Name}"))];
    }
}
