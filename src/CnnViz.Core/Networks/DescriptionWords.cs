using System.Globalization;

namespace CnnViz.Networks;

/// <summary>A description such as <c>conv 64 7x7 same relu</c> or <c>channel features.28 66</c>, read word by word.</summary>
/// <param name="text">The description.</param>
/// <param name="refusal">The error of what is described: for the text, the word that it fails at and what is expected there.</param>
internal sealed class DescriptionWords(string text, Func<string, string, string, CnnVizException> refusal)
{
    private readonly string[] _words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    private int _next;

    /// <summary>The description with single spaces.</summary>
    public string Text => string.Join(' ', _words);

    /// <summary>True after the last word.</summary>
    public bool IsAtEnd => _next == _words.Length;

    /// <summary>The next word, one of some.</summary>
    /// <param name="known">The words that may stand here.</param>
    /// <exception cref="CnnVizException">The refusal, with the nearest word.</exception>
    public string OneOf(IReadOnlyList<string> known)
    {
        var word = Next(string.Join(", ", known));
        return known.FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase))
            ?? throw refusal(Text, word, known.Count == 0 ? "nothing more" : $"{string.Join(", ", known)}; nearest: {NearestNames.Of(word, known, 1)[0]}");
    }

    /// <summary>All words that are left, with single spaces.</summary>
    /// <param name="expected">What they should be, for the error.</param>
    /// <exception cref="CnnVizException">The refusal: there are none.</exception>
    public string Rest(string expected)
    {
        var first = Next(expected);
        var rest = string.Join(' ', _words[_next..].Prepend(first));
        _next = _words.Length;
        return rest;
    }

    /// <summary>The next word as a whole number.</summary>
    /// <param name="what">What it means, for the error.</param>
    /// <param name="least">The smallest that may be.</param>
    /// <exception cref="CnnVizException">The refusal.</exception>
    public int Count(string what, int least = 1)
    {
        var expected = $"{what}: a whole number, {least} or more";
        var word = Next(expected);
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least ? count : throw refusal(Text, word, expected);
    }

    /// <summary>The next word as a number.</summary>
    /// <param name="what">What it means, for the error.</param>
    /// <param name="isBelowOne">True where it must be below 1.</param>
    /// <exception cref="CnnVizException">The refusal.</exception>
    public double Number(string what, bool isBelowOne = false)
    {
        var expected = $"{what}: a number of 0 or more{(isBelowOne ? " and below 1" : "")}";
        var word = Next(expected);
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && number < (isBelowOne ? 1 : double.PositiveInfinity)
            ? number
            : throw refusal(Text, word, expected);
    }

    /// <summary>The next word as a height and width, <c>7x7</c> or <c>7</c>.</summary>
    /// <param name="what">What it means, for the error.</param>
    /// <exception cref="CnnVizException">The refusal.</exception>
    public Pair Size(string what)
    {
        var expected = $"{what}: height and width as 7x7, or 7 for both";
        var word = Next(expected);
        var sides = Array.ConvertAll(
            word.Split(['x', 'X', '×']), side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var extent) ? extent : 0);
        return sides.Length <= 2 && sides.All(side => side > 0) ? (sides[0], sides[^1]) : throw refusal(Text, word, expected);
    }

    /// <summary>The next word, whatever it is.</summary>
    /// <param name="expected">What it should be, for the error.</param>
    /// <exception cref="CnnVizException">The refusal: there is none.</exception>
    public string Next(string expected) => IsAtEnd ? throw refusal(Text, "", expected) : _words[_next++];
}
