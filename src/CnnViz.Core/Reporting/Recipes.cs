using System.Globalization;
using CnnViz.Backend;
using TorchSharp;

namespace CnnViz;

/// <summary>Makes the recipe of a result from what was used.</summary>
public static class Recipes
{
    /// <summary>A recipe with the versions and threads of this process.</summary>
    /// <param name="operation">The operation, named as its cmdlet.</param>
    /// <param name="model">The model that took part; null for none.</param>
    /// <param name="batchSize">The images computed together; null where that plays no part.</param>
    /// <param name="parameters">The parameters that were used, defaults included; null values are left out.</param>
    public static Recipe Create(string operation, CnnModel? model, int? batchSize, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
                texts[name] = value is IEnumerable<int> list ? string.Join(',', list) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["CnnViz"] = typeof(Recipes).Assembly.GetName().Version!.ToString(3),
        };
        if (model is not null)
        {
            versions["Backend"] = TorchRuntime.Name;
            versions["LibTorch"] = TorchRuntime.LibTorchVersion;
        }
        return new Recipe
        {
            Operation = operation,
            Parameters = texts,
            Model = model?.Name,
            WeightsHash = model?.WeightsHash,
            BatchSize = batchSize,
            Threads = model is null ? null : torch.get_num_threads(),
            Versions = versions,
        };
    }
}
