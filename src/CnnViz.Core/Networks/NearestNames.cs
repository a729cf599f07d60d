namespace CnnViz.Networks;

/// <summary>The known names that lie nearest to a mistyped one, for error messages.</summary>
public static class NearestNames
{
    /// <summary>At most <paramref name="count"/> names by edit distance (Levenshtein), nearest first.</summary>
    public static IReadOnlyList<string> Of(string wrong, IEnumerable<string> known, int count = 5) =>
        [.. known.OrderBy(name => Distance(wrong, name)).ThenBy(name => name, StringComparer.Ordinal).Take(count)];

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                var change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[^1];
    }
}
