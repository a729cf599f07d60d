namespace CnnViz.Networks.Weights.PyTorch;

/// <summary>Finds the weights in what torch.save was given: a state dict, or a checkpoint that has one somewhere.</summary>
internal static class StateDict
{
    private const int MaximumDepth = 4;

    /// <summary>
    /// The tensors of the mapping that has the most of them, the outer and the earlier one first. What else a checkpoint holds, an epoch, a best
    /// precision, an optimiser's state, is left where it is.
    /// </summary>
    /// <param name="root">What the pickle gave.</param>
    /// <param name="file">What to call the file in errors.</param>
    /// <exception cref="CnnVizException"><c>ModelFileInvalid</c>: there is no such mapping, or a tensor's values are missing.</exception>
    public static IReadOnlyList<WeightEntry> Entries(object? root, string file)
    {
        var best = Mappings(root).MaxBy(Count);
        if (best is null || Count(best) == 0)
            throw Errors.ModelFileInvalid(file, $"it holds {Describe(root)} instead of a state dict, names with their tensors. In Python: torch.save(model.state_dict(), …).");
        return [.. best.Items.Where(item => item.Value is TorchTensor).Select(item => Entry(item.Key, (TorchTensor)item.Value!, file))];
    }

    private static int Count(PickleDictionary mapping) => mapping.Items.Values.Count(value => value is TorchTensor);

    private static WeightEntry Entry(string name, TorchTensor tensor, string file) => tensor.Storage.Position is { } position
        ? tensor.Entry(name, position)
        : throw Errors.ModelFileInvalid(file, $"the values of '{name}' (storage {tensor.Storage.Key}) are missing.");

    /// <summary>The mappings in a mapping, level by level.</summary>
    private static HashSet<PickleDictionary> Mappings(object? root)
    {
        HashSet<PickleDictionary> found = [];
        IEnumerable<object?> level = [root];
        for (var depth = 0; depth < MaximumDepth; depth++)
            level = [.. level.OfType<PickleDictionary>().Where(found.Add).SelectMany(mapping => mapping.Items.Values)];
        return found;
    }

    private static string Describe(object? root) => root switch
    {
        TorchTensor tensor => $"a single tensor of shape [{string.Join(", ", tensor.Shape)}]",
        PickleDictionary => "a mapping without tensors",
        List<object?> or object?[] => "a list",
        _ => "a single value",
    };
}
