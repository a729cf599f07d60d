using System.Management.Automation;
using CnnViz.Data;

namespace CnnViz.Parameters;

/// <summary>Opens what users give as a dataset: a name, a folder as PowerShell sees it, or a dataset.</summary>
internal static class DatasetArgument
{
    /// <summary>The dataset.</summary>
    /// <param name="paths">The session's location and drives.</param>
    /// <param name="argument">A name, a folder, a <see cref="DatasetSplits"/> or a <see cref="CnnDataset"/>.</param>
    /// <exception cref="CnnVizException">As <see cref="Datasets.Open"/>.</exception>
    public static DatasetSplits Open(PathIntrinsics paths, object argument) => (argument is PSObject wrapper ? wrapper.BaseObject : argument) switch
    {
        DatasetSplits splits => splits,
        CnnDataset dataset => new DatasetSplits(dataset.Name, dataset, Test: null),
        DirectoryInfo folder => Datasets.OpenFolder(folder.FullName),
        string nameOrPath => Open(paths, nameOrPath, seed: null),
        var other => throw Errors.ArgumentInvalid("The dataset", other, $"one of {string.Join(", ", Datasets.Names)}, a folder, or what Import-CnnDataset gives"),
    };

    /// <summary>A built-in dataset by its name, or else a folder.</summary>
    /// <exception cref="CnnVizException">As <see cref="Datasets.Open"/>.</exception>
    public static DatasetSplits Open(PathIntrinsics paths, string nameOrPath, long? seed, int? size = null, bool isClean = false) =>
        Datasets.Open(Datasets.Names.Contains(nameOrPath, StringComparer.OrdinalIgnoreCase) ? nameOrPath : SessionPaths.ResolveLiteral(paths, nameOrPath), seed, size, isClean);
}
