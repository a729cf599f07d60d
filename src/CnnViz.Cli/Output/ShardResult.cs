using System.Text.Json;
using System.Text.Json.Nodes;
using CnnViz.Attacks;
using CnnViz.Reporting;
using CnnViz.Sharding;

namespace CnnViz.Cli.Output;

/// <summary>A shard's results as a file beside its pictures, and how those of all shards become one.</summary>
/// <param name="Command">The command.</param>
/// <param name="Run">What tells its run from others.</param>
/// <param name="Shard">Which part; null for the whole.</param>
/// <param name="Errors">What went wrong with single pictures.</param>
/// <param name="Result">The result as JSON.</param>
internal sealed record ShardResult(string Command, string Run, string? Shard, IReadOnlyList<string> Errors, JsonNode Result)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "results.json";

    private const string FilesProperty = "Files";
    private const string PointsProperty = "Points";

    /// <summary>Reads one.</summary>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>, <c>FileUnreadable</c>.</exception>
    public static ShardResult Read(string folder)
    {
        var path = Path.Join(folder, FileName);
        if (!File.Exists(path))
            throw CnnViz.Errors.FileNotFound(path);
        try
        {
            return Json.Read<ShardResult>(File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw CnnViz.Errors.FileUnreadable(path, failure);
        }
    }

    /// <summary>Joins the results of all shards: lists one behind the other, points of robustness by what they count, pictures under names of their own.</summary>
    /// <param name="directory">The folder of the shards.</param>
    /// <param name="target">Where the pictures go.</param>
    /// <exception cref="CnnVizException">As <see cref="ShardFolder.All"/> and <see cref="Read"/>; <c>ShardsDiffer</c>: they are of several runs.</exception>
    public static ShardResult Merge(string directory, string target)
    {
        var folders = ShardFolder.All(directory);
        ShardResult[] parts = [.. folders.Select(Read)];
        if (parts.Select(part => part.Run).Distinct().Count() > 1)
            throw CnnViz.Errors.ShardsDiffer(directory, "they were computed by command lines that differ in more than the shard.");
        var files = MergeFiles(folders, target);
        var lists = parts.Select(part => part.Result).ToArray();
        JsonNode merged = lists[0] is JsonArray ? Join(lists) : new JsonObject(lists[0].AsObject().Select(pair => KeyValuePair.Create(pair.Key, pair.Key switch
        {
            FilesProperty => new JsonArray([.. files.Select(file => (JsonNode)file)]),
            PointsProperty => Json.ToNode(RobustnessMerge.Merge(lists.SelectMany(list => Json.Read<RobustnessPoint[]>(list[PointsProperty]!.ToJsonString())))),
            _ => pair.Value is JsonArray ? Join([.. lists.Select(list => list[pair.Key]!)]) : pair.Value?.DeepClone(),
        })));
        return parts[0] with { Shard = null, Errors = [.. parts.SelectMany(part => part.Errors)], Result = merged };
    }

    private static JsonArray Join(IEnumerable<JsonNode> lists) => [.. lists.SelectMany(list => list.AsArray()).Select(item => item?.DeepClone())];

    /// <summary>Values become one file; pictures keep their names, with a number behind those that come twice.</summary>
    private static List<string> MergeFiles(IReadOnlyList<string> folders, string target)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { FileName };
        var values = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var merged = new List<string>();
        foreach (var path in folders.SelectMany(folder => Directory.GetFiles(folder).Order(StringComparer.Ordinal)))
        {
            var name = Path.GetFileName(path);
            if (name == FileName)
                continue;
            if (TensorExport.IsFor(path))
            {
                values.TryAdd(name, []);
                values[name].Add(path);
                continue;
            }
            for (var number = 2; !taken.Add(name); number++)
                name = FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}");
            File.Copy(path, Path.Join(target, name));
            merged.Add(name);
        }
        foreach (var (name, parts) in values)
        {
            TensorExport.Join(parts, Path.Join(target, name));
            merged.Add(name);
        }
        return merged;
    }
}
