using System.Globalization;
using System.Text.RegularExpressions;
using CnnViz.Files;

namespace CnnViz.Sharding;

/// <summary>
/// The folder with one shard's results. It has its name, <c>shard-2-of-8</c>, only when all of them are in it: a shard that was killed leaves none, one that is
/// run twice is computed once.
/// </summary>
public sealed partial class ShardFolder : IDisposable
{
    private readonly string _target;

    private ShardFolder(string directory, Shard shard)
    {
        _target = NameOf(directory, shard);
        Shard = shard;
        Path = System.IO.Path.Join(directory, $".{System.IO.Path.GetFileName(_target)}.{Guid.NewGuid():N}.tmp");
        OutputFile.MakeFolder(Path);
    }

    /// <summary>Which part of the whole it is.</summary>
    public Shard Shard { get; }

    /// <summary>Where the results are written until they are complete.</summary>
    public string Path { get; }

    /// <summary>Where they are then.</summary>
    public static string NameOf(string directory, Shard shard) => System.IO.Path.Join(directory, string.Create(CultureInfo.InvariantCulture, $"shard-{shard.Index}-of-{shard.Count}"));

    /// <summary>Begins a shard.</summary>
    /// <param name="directory">The folder of all shards; made where it is missing.</param>
    /// <param name="shard">Which one.</param>
    /// <returns>Null where it is complete already.</returns>
    /// <exception cref="CnnVizException"><c>OutputUnwritable</c>.</exception>
    public static ShardFolder? Begin(string directory, Shard shard) => Directory.Exists(NameOf(directory, shard)) ? null : new ShardFolder(directory, shard);

    /// <summary>The folders of all shards, in order.</summary>
    /// <param name="directory">The folder that holds them.</param>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>: there is no such folder; <c>ShardsMissing</c>: some are not there; <c>ShardsDiffer</c>: of several counts.</exception>
    public static IReadOnlyList<string> All(string directory)
    {
        if (!Directory.Exists(directory))
            throw Errors.FileNotFound(directory);
        Shard[] found =
        [
            .. Directory.GetDirectories(directory)
                .Select(folder => Name().Match(System.IO.Path.GetFileName(folder)))
                .Where(match => match.Success)
                .Select(match => Shard.Parse($"{match.Groups[1]}/{match.Groups[2]}")),
        ];
        Complete(directory, found);
        return [.. Enumerable.Range(1, found[0].Count).Select(index => NameOf(directory, new Shard(index, found[0].Count)))];
    }

    /// <summary>Throws where shards do not make a whole: each of them once.</summary>
    /// <param name="of">What they are of, for the error.</param>
    /// <param name="shards">Those that are there.</param>
    /// <exception cref="CnnVizException"><c>ShardsMissing</c>, <c>ShardsDiffer</c>.</exception>
    public static void Complete(string of, IReadOnlyList<Shard> shards)
    {
        int[] counts = [.. shards.Select(shard => shard.Count).Distinct().Order()];
        if (counts.Length > 1)
            throw Errors.ShardsDiffer(of, $"there are parts of {string.Join(" and of ", counts)}.");
        var doubled = shards.GroupBy(shard => shard).FirstOrDefault(group => group.Count() > 1);
        if (doubled is not null)
            throw Errors.ShardsDiffer(of, $"shard {doubled.Key} is there {doubled.Count()} times.");
        string[] missing = counts.Length == 0
            ? ["all"]
            : [.. Enumerable.Range(1, counts[0]).Select(index => new Shard(index, counts[0])).Except(shards).Select(shard => shard.ToString())];
        if (missing.Length > 0)
            throw Errors.ShardsMissing(of, missing);
    }

    /// <summary>Gives the folder its name: all results are in it. Where another process was first, its results stay.</summary>
    /// <exception cref="CnnVizException"><c>OutputUnwritable</c>.</exception>
    public void Complete()
    {
        try
        {
            Directory.Move(Path, _target);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!Directory.Exists(_target))
                throw Errors.OutputUnwritable(_target, failure.Message, failure);
        }
    }

    /// <summary>Deletes what was not completed.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    [GeneratedRegex(@"^shard-([1-9][0-9]{0,8})-of-([1-9][0-9]{0,8})$")]
    private static partial Regex Name();
}
