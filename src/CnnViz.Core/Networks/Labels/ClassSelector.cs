using System.Globalization;

namespace CnnViz.Networks.Labels;

/// <summary>
/// Which class of a model is meant: an index, a WordNet id, a label, or a place in the order of its answers (<c>Top1</c>).
/// It is understood before any picture is read; <see cref="Resolve"/> then tells the class for a picture's logits.
/// </summary>
public sealed record ClassSelector
{
    private const string TopPrefix = "Top";
    private const int Listed = 10;

    private readonly int _class;

    private ClassSelector(int classIndex, int? rank) => (_class, Rank) = (classIndex, rank);

    /// <summary>The class, whatever the picture; null where it depends on the picture.</summary>
    public int? Class => Rank is null ? _class : null;

    /// <summary>1 for the class with the largest logit, 2 for the next; null for a class of its own.</summary>
    public int? Rank { get; }

    /// <summary>Understands what a user wrote.</summary>
    /// <param name="text">
    /// An index (<c>319</c>), a WordNet id (<c>n02268443</c>), <c>Top1</c> to <c>TopN</c>, a label (<c>dragonfly</c>; <c>great_white_shark</c> too,
    /// in any case), or words of a label where only one has them.
    /// </param>
    /// <param name="model">The model that the class is one of.</param>
    /// <exception cref="CnnVizException"><c>ClassUnknown</c>, <c>ClassAmbiguous</c>, <c>IndexOutOfRange</c>.</exception>
    public static ClassSelector Parse(string text, CnnModel model) => Parse(text, model.Classes, model.Name);

    /// <inheritdoc cref="Parse(string, CnnModel)"/>
    /// <param name="text">As the user wrote it.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="owner">What errors call their owner.</param>
    public static ClassSelector Parse(string text, ClassLabels labels, string owner)
    {
        var wanted = text.Trim();
        if (int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
            return new ClassSelector(InRange("Class", index, first: 0, labels), rank: null);
        if (wanted.StartsWith(TopPrefix, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(wanted.AsSpan(TopPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var rank))
            return new ClassSelector(classIndex: 0, InRange("Rank", rank, first: 1, labels));
        foreach (var fits in Fits(wanted, labels))
        {
            int[] found = [.. Enumerable.Range(0, labels.Names.Count).Where(i => fits(i))];
            if (found.Length == 1)
                return new ClassSelector(found[0], rank: null);
            if (found.Length > 1)
                throw Errors.ClassAmbiguous(owner, text, [.. found.Select(i => Describe(i, labels))]);
        }
        throw Errors.ClassUnknown(owner, text, [.. NearestNames.Of(wanted, labels.Names, Listed)], labels.Names.Count);
    }

    /// <summary>The class that is meant for a picture.</summary>
    /// <param name="logits">The picture's logits, a value a class.</param>
    public int Resolve(ReadOnlySpan<float> logits)
    {
        if (Rank is not { } rank)
            return _class;
        var values = logits.ToArray();
        return Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]).ElementAt(rank - 1);
    }

    /// <summary>The ways in which a label can fit, the strictest first; the first that finds any decides.</summary>
    private static IEnumerable<Func<int, bool>> Fits(string wanted, ClassLabels labels)
    {
        var words = Spaced(wanted);
        if (labels.WordNetIds is { } ids)
            yield return i => ids[i].Equals(wanted, StringComparison.OrdinalIgnoreCase);
        yield return i => labels.Names[i] == wanted;
        yield return i => Spaced(labels.Names[i]).Equals(words, StringComparison.OrdinalIgnoreCase);
        yield return i => $" {Spaced(labels.Names[i])} ".Contains($" {words} ", StringComparison.OrdinalIgnoreCase);
    }

    private static string Spaced(string label) => label.Replace('_', ' ');

    private static string Describe(int index, ClassLabels labels) =>
        labels.WordNetIds is { } ids ? $"{index} {labels.Names[index]} ({ids[index]})" : $"{index} {labels.Names[index]}";

    private static int InRange(string what, int value, int first, ClassLabels labels) =>
        value >= first && value < first + labels.Names.Count ? value : throw Errors.IndexOutOfRange(what, value, labels.Names.Count, first);
}
