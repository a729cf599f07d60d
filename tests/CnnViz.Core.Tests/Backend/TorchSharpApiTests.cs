using System.Text.RegularExpressions;

namespace CnnViz.Tests.Backend;

/// <summary>
/// Core compiles against either backend only as long as what the backend offers under TorchSharp's names is TorchSharp's own API.
/// A type may have fewer bases, interfaces and members than the original; whatever it has must stand in the original.
/// </summary>
public sealed partial class TorchSharpApiTests
{
    [Fact]
    public void Every_public_member_of_the_backend_is_one_of_TorchSharps()
    {
        var original = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "data", "torchsharp-0.106.0.txt"))
            .Select(line => Inheritance().Replace(line, "$1")).ToHashSet();
        var offered = ApiListing.Of(typeof(TorchSharp.torch).Assembly).Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(offered);
        var foreign = offered.Where(line => !original.Contains(line)).ToList();
        Assert.True(foreign.Count == 0, $"Not TorchSharp's:{Environment.NewLine}{WithNearest(foreign, original)}");
    }

    private static string WithNearest(List<string> foreign, HashSet<string> original)
    {
        var candidates = original.Select(line => (line, words: Words(line))).ToList();
        return string.Join(Environment.NewLine, foreign.SelectMany(line => candidates
            .OrderByDescending(candidate => Likeness(Words(line), candidate.words)).Take(3)
            .Select(candidate => "    nearest: " + candidate.line).Prepend(line)));
    }

    private static double Likeness(HashSet<string> left, HashSet<string> right) =>
        (double)left.Intersect(right).Count() / left.Union(right).Count();

    private static HashSet<string> Words(string line) => [.. Word().Matches(line).Select(match => match.Value)];

    [GeneratedRegex(@"\w+|[{}?\[\]=]")]
    private static partial Regex Word();

    [GeneratedRegex(@"( :: (?:\w+ )*(?:class|struct|interface) .+?) (?::|where) .*")]
    private static partial Regex Inheritance();
}
