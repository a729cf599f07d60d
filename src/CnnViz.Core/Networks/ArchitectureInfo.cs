using CnnViz.Networks;
using CnnViz.Networks.Pretrained;
using CnnViz.Networks.Zoo;

namespace CnnViz;

/// <summary>What is known of an architecture before a model of it is made.</summary>
public sealed record ArchitectureInfo
{
    /// <summary>Its name, for Import-CnnModel.</summary>
    public required string Name { get; init; }

    /// <summary>The year of its publication.</summary>
    public required int Year { get; init; }

    /// <summary>Its trainable values, with the classes that it was published with.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>The shape of an image as it goes in, <c>[C, H, W]</c>.</summary>
    public required int[] InputShape { get; init; }

    /// <summary>The classes that it was published with.</summary>
    public required int ClassCount { get; init; }

    /// <summary>
    /// The accuracy that is reported of its published weights on ImageNet's validation set or CIFAR-10's test set, in [0,1]; null where none are known.
    /// </summary>
    public double? Top1 { get; init; }

    /// <summary>The size of the published weights' file; null where none are known.</summary>
    public long? WeightsBytes { get; init; }

    /// <summary>Whether the published weights have been downloaded; null where none are known.</summary>
    public bool? IsCached { get; init; }

    /// <summary>Where the published weights lie, or would.</summary>
    public string? WeightsPath { get; init; }

    /// <summary>The architectures whose names match a wildcard, by year and name.</summary>
    /// <param name="pattern">A name; <c>*</c> and <c>?</c> stand for any characters.</param>
    /// <param name="cache">Where published weights are kept; null for the user's cache.</param>
    /// <exception cref="CnnVizException"><c>ArchitectureUnknown</c>: none matches; with the nearest names.</exception>
    public static IReadOnlyList<ArchitectureInfo> Find(string pattern = "*", WeightsCache? cache = null)
    {
        cache ??= WeightsCache.Default;
        ArchitectureInfo[] found =
        [
            .. Architectures.All
                .Where(architecture => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, architecture.Name))
                .OrderBy(architecture => architecture.Year).ThenBy(architecture => architecture.Name, StringComparer.Ordinal)
                .Select(architecture => Of(architecture, cache)),
        ];
        return found.Length > 0 ? found : throw Errors.ArchitectureUnknown(pattern, NearestNames.Of(pattern, Architectures.Names));
    }

    private static ArchitectureInfo Of(Architecture architecture, WeightsCache cache)
    {
        var network = architecture.Build();
        var weights = OfficialWeights.Find(architecture.Name);
        return new ArchitectureInfo
        {
            Name = architecture.Name,
            Year = architecture.Year,
            ParameterCount = network.ParameterCount,
            InputShape = network.InputShape,
            ClassCount = architecture.ClassCount,
            Top1 = weights?.Top1,
            WeightsBytes = weights?.Bytes,
            IsCached = weights is null ? null : cache.Contains(weights),
            WeightsPath = weights is null ? null : cache.PathOf(weights),
        };
    }
}
