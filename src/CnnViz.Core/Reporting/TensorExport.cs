using System.Text.Json.Nodes;
using CnnViz.Networks.Weights;
using TorchSharp;

namespace CnnViz.Reporting;

/// <summary>Saves the raw values of pictures and maps, many to one safetensors file, each under its name.</summary>
public static class TensorExport
{
    /// <summary>The ending of such a file.</summary>
    public const string Ending = ".safetensors";

    /// <summary>True for a path with <see cref="Ending"/>.</summary>
    public static bool IsFor(string path) => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Saves them. The file's metadata hold, under each tensor's name, one line of JSON: source, caption, the facts of the result (of a saliency map its method,
    /// layer, target, label, score, probability and completeness delta), and the recipe with all settings.
    /// </summary>
    /// <param name="pictures">The pictures and maps; names that come twice get a number.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="force">Replaces a file that is there already.</param>
    /// <exception cref="CnnVizException"><c>OutputExists</c>, <c>OutputUnwritable</c>.</exception>
    public static void Save(IReadOnlyList<Picture> pictures, string path, bool force = false)
    {
        using var scope = torch.NewDisposeScope();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tensors = new List<KeyValuePair<string, torch.Tensor>>(pictures.Count);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var picture in pictures)
        {
            var name = picture.NameAmong(names);
            tensors.Add(KeyValuePair.Create(name, TensorTransfer.ToNative(picture.Values)));
            metadata[name] = Describe(picture);
        }
        SafetensorsFile.Write(path, tensors, metadata, force);
    }

    /// <summary>Makes one file of several; a name that comes again gets a number.</summary>
    /// <param name="paths">The files, in the order in which their tensors are to lie.</param>
    /// <param name="target">The file to write; its folder must exist.</param>
    /// <exception cref="CnnVizException">As <see cref="WeightFile.Open(string)"/>; <c>OutputExists</c>, <c>OutputUnwritable</c>.</exception>
    public static void Join(IReadOnlyList<string> paths, string target)
    {
        using var scope = torch.NewDisposeScope();
        var tensors = new Dictionary<string, torch.Tensor>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            using var file = WeightFile.Open(path);
            foreach (var name in file.Entries.Keys)
            {
                var free = name;
                for (var number = 2; tensors.ContainsKey(free); number++)
                    free = FormattableString.Invariant($"{name}-{number}");
                tensors[free] = file.ReadTensor(name);
                if (file.Metadata.TryGetValue(name, out var facts))
                    metadata[free] = facts;
            }
        }
        SafetensorsFile.Write(target, [.. tensors], metadata);
    }

    private static string Describe(Picture picture)
    {
        var facts = new JsonObject { ["Source"] = picture.Source, ["Caption"] = picture.Caption };
        foreach (var (name, value) in picture.Facts)
            facts[name] = value;
        if (picture.Recipe is not null)
            facts["Recipe"] = JsonNode.Parse(RecipeJson.Write(picture.Recipe));
        return facts.ToJsonString();
    }
}
