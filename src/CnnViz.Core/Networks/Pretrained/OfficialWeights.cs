using System.Globalization;

namespace CnnViz.Networks.Pretrained;

/// <summary>The weights that an architecture was published with: where they lie, and how what arrives is checked.</summary>
/// <param name="Architecture">The name of the architecture.</param>
/// <param name="Address">The official address.</param>
/// <param name="Bytes">The size of the file; a rounded figure for some, so it is shown and not checked.</param>
/// <param name="Digest">The file's SHA-256 in lower-case hex: all 64 digits, or as many of the first as are known (its name carries eight or more).</param>
/// <param name="Top1">The accuracy that its makers report: the share of test pictures whose first answer is right, in [0,1].</param>
public sealed record OfficialWeights(string Architecture, Uri Address, long Bytes, string Digest, double Top1)
{
    private const string Resource = "CnnViz.Networks.official-weights.tsv";

    private static readonly Lazy<Dictionary<string, OfficialWeights>> ByArchitecture =
        new(() => Read().ToDictionary(weights => weights.Architecture, StringComparer.OrdinalIgnoreCase));

    /// <summary>All that are known.</summary>
    public static IReadOnlyCollection<OfficialWeights> All => ByArchitecture.Value.Values;

    /// <summary>The name of the file, at its address and in the cache.</summary>
    public string FileName => Path.GetFileName(Address.LocalPath);

    /// <summary>The weights of an architecture; null where none are known.</summary>
    public static OfficialWeights? Find(string architecture) => ByArchitecture.Value.GetValueOrDefault(architecture);

    private static IEnumerable<OfficialWeights> Read()
    {
        using var reader = new StreamReader(typeof(OfficialWeights).Assembly.GetManifestResourceStream(Resource)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var cells = line.Split('\t');
            yield return new OfficialWeights(
                cells[0],
                new Uri(cells[1]),
                long.Parse(cells[2].TrimStart('~'), CultureInfo.InvariantCulture),
                cells[3],
                double.Parse(cells[4], CultureInfo.InvariantCulture) / 100);
        }
    }
}
