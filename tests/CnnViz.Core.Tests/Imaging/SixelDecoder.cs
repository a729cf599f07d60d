using System.Globalization;
using CnnViz.Imaging;

namespace CnnViz.Tests.Imaging;

/// <summary>Reads Sixel back into pixels, as a terminal does.</summary>
internal static class SixelDecoder
{
    public static Rgb[,] Decode(string text, out int colorCount)
    {
        Assert.StartsWith("\eP0;1;0q\"1;1;", text, StringComparison.Ordinal);
        Assert.EndsWith("\e\\", text, StringComparison.Ordinal);
        var at = "\eP0;1;0q\"1;1;".Length;
        var width = Number();
        at++;
        var height = Number();
        var picture = new Rgb[height, width];
        var palette = new Dictionary<int, Rgb>();
        var (color, column, top) = (0, 0, 0);
        while (text[at] != '\e')
        {
            var letter = text[at++];
            switch (letter)
            {
                case '#':
                    color = Number();
                    if (text[at] == ';')
                    {
                        at++;
                        Assert.Equal(2, Number());
                        palette.Add(color, new Rgb(Next() / 100f, Next() / 100f, Next() / 100f));
                    }
                    break;
                case '$':
                    column = 0;
                    break;
                case '-':
                    (column, top) = (0, top + 6);
                    break;
                case '!':
                    var count = Number();
                    Draw(text[at++], count);
                    break;
                default:
                    Draw(letter, 1);
                    break;
            }
        }
        colorCount = palette.Count;
        return picture;

        int Number()
        {
            var start = at;
            while (char.IsAsciiDigit(text[at]))
                at++;
            return int.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture);
        }

        int Next()
        {
            at++;
            return Number();
        }

        void Draw(char sixel, int count)
        {
            Assert.InRange(sixel, '?', '~');
            for (; count > 0; count--, column++)
            {
                for (var row = 0; row < 6; row++)
                {
                    if (((sixel - '?') >> row & 1) != 0)
                        picture[top + row, column] = palette[color];
                }
            }
        }
    }
}
