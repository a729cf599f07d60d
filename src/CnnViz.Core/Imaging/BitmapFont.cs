using System.Collections.Frozen;

namespace CnnViz.Imaging;

/// <summary>
/// The project's own small font: letters of 5 × 7 pixels in cells of 6 × 12, drawn in <c>font.txt</c>. It covers ASCII, a few signs
/// of mathematics and the accented letters of most Latin languages, which are put together from a letter and its mark.
/// </summary>
public static class BitmapFont
{
    /// <summary>Pixels from one character to the next.</summary>
    public const int CellWidth = 6;

    /// <summary>Pixels from one line to the next.</summary>
    public const int CellHeight = 12;

    private const int GlyphHeight = 9;
    private const int GlyphsPerBand = 16;
    private const int AboveCapitals = 2; // the rows that hold the marks of capitals
    private const char Missing = '□';
    private const char NoBreak = '\u00A0';

    /// <summary>A mark, and pairs of an accented letter and its base.</summary>
    private static readonly (char Mark, string Pairs)[] Accents =
    [
        ('´', "áaéeíıóoúuýyćcńnśsźzŕrÁAÉEÍIÓOÚUÝYĆCŃNŚSŹZŔRĹL"),
        ('ˋ', "àaèeìıòoùuÀAÈEÌIÒOÙU"),
        ('ˆ', "âaêeîıôoûuĉcĝgŝsÂAÊEÎIÔOÛU"),
        ('˜', "ãañnõoÃAÑNÕO"),
        ('¨', "äaëeïıöoüuÿyÄAËEÏIÖOÜU"),
        ('ˇ', "čcěeňnřršsžzČCĎDĚEŇNŘRŠSŤTŽZ"),
        ('˘', "ăağgŭuĂAĞG"),
        ('˚', "åaůuÅAŮU"),
        ('˙', "żzċcėeŻZĊCĖEİI"),
        ('˝', "őoűuŐOŰU"),
        ('¸', "çcşsţtÇCŞSŢT"),
        ('˛', "ąaęeįiųuĄAĘEĮIŲU"),
    ];

    private static readonly FrozenDictionary<char, (int X, int Y)[]> Glyphs = LoadGlyphs();

    /// <summary>The width of a line in pixels.</summary>
    public static int WidthOf(string text, int scale = 1) => text.Length * CellWidth * scale;

    /// <summary>Whether the font has the character; others are drawn as an empty box.</summary>
    public static bool Has(char character) => Glyphs.ContainsKey(character);

    /// <summary>Breaks a text into lines at spaces; a word that is too long, and what is left after the last line, is cut with an ellipsis.</summary>
    /// <param name="text">The text; line breaks in it are kept.</param>
    /// <param name="columns">The most characters in a line, at least 1.</param>
    /// <param name="maximumLines">The most lines, at least 1.</param>
    public static IReadOnlyList<string> Wrap(string text, int columns, int maximumLines)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var words in Percent(paragraph).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var word = words.Replace(NoBreak, ' ');
                if (line.Length > 0 && line.Length + 1 + word.Length > columns)
                {
                    lines.Add(line);
                    line = word;
                }
                else
                {
                    line = line.Length == 0 ? word : $"{line} {word}";
                }
            }
            lines.Add(line);
        }
        var kept = lines.Take(maximumLines).Select(line => Cut(line, columns)).ToList();
        if (lines.Count > maximumLines)
            kept[^1] = Cut(lines[maximumLines - 1] + "…", columns);
        return kept;
    }

    /// <summary>A number and its per cent sign stay together.</summary>
    private static string Percent(string text) => text.Replace(" %", $"{NoBreak}%", StringComparison.Ordinal);

    /// <summary>The pixels of a character within its cell.</summary>
    internal static (int X, int Y)[] PixelsOf(char character) => Glyphs.TryGetValue(character, out var pixels) ? pixels : Glyphs[Missing];

    private static string Cut(string line, int columns) => line.Length <= columns ? line : line[..(columns - 1)] + "…";

    private static FrozenDictionary<char, (int X, int Y)[]> LoadGlyphs()
    {
        using var stream = typeof(BitmapFont).Assembly.GetManifestResourceStream("CnnViz.Imaging.font.txt")!;
        var lines = new StreamReader(stream).ReadToEnd().Split('\n');
        var glyphs = new Dictionary<char, (int X, int Y)[]>();
        // A band is a line that names its glyphs and the lines that draw them side by side.
        for (var band = 0; band + GlyphHeight < lines.Length; band += 1 + GlyphHeight)
        {
            for (var glyph = 0; glyph < GlyphsPerBand && glyph * CellWidth < lines[band].Length; glyph++)
            {
                var left = glyph * CellWidth;
                glyphs[lines[band][left]] =
                [
                    .. from y in Enumerable.Range(0, GlyphHeight)
                       from x in Enumerable.Range(0, CellWidth - 1)
                       where lines[band + 1 + y][left + x] == '#'
                       select (x, y + AboveCapitals),
                ];
            }
        }
        foreach (var (mark, pairs) in Accents)
        {
            foreach (var pair in pairs.Chunk(2))
                glyphs[pair[0]] = [.. glyphs[pair[1]], .. MarkFor(pair[1], glyphs[mark])];
        }
        return glyphs.ToFrozenDictionary();
    }

    /// <summary>Above capitals the mark moves into the rows kept for it; marks below stay.</summary>
    private static IEnumerable<(int X, int Y)> MarkFor(char letter, (int X, int Y)[] mark)
    {
        var isAbove = mark.All(pixel => pixel.Y < AboveCapitals + 2);
        return char.IsUpper(letter) && isAbove ? mark.Select(pixel => (pixel.X, pixel.Y - AboveCapitals)) : mark;
    }
}
