using System.Globalization;
using System.Text.RegularExpressions;

namespace CnnViz.Imaging;

/// <summary>What a terminal can show.</summary>
/// <param name="Protocol">The best way to put a picture into its text.</param>
/// <param name="CellWidth">Pixels of a character across.</param>
/// <param name="CellHeight">Pixels of a character down.</param>
public sealed partial record TerminalCapabilities(TerminalProtocol Protocol, int CellWidth = 10, int CellHeight = 20)
{
    /// <summary>
    /// What to send to have it said: whether it knows Kitty's pictures, the size of a character, and its attributes (DA1), which every terminal answers and answers last.
    /// </summary>
    public const string Query = "\e_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\e\\\e[16t\e[c";

    /// <summary>Half blocks, for a terminal of which nothing is known.</summary>
    public static TerminalCapabilities Unknown { get; } = new(TerminalProtocol.HalfBlock);

    /// <summary>Whether an answer has come to its end.</summary>
    public static bool IsWhole(string answer) => Attributes().IsMatch(answer);

    /// <summary>What an answer to <see cref="Query"/> says.</summary>
    /// <param name="answer">What came back, other input among it; escape characters may be missing.</param>
    public static TerminalCapabilities Parse(string answer)
    {
        var attributes = Attributes().Match(answer);
        var protocol = answer.Contains("Gi=31;OK", StringComparison.Ordinal) ? TerminalProtocol.Kitty
            : attributes.Success && attributes.Groups[1].Value.Split(';').Skip(1).Contains("4") ? TerminalProtocol.Sixel
            : TerminalProtocol.HalfBlock;
        var cell = Cell().Match(answer);
        return cell.Success && Number(cell.Groups[1]) is > 0 and < 1000 and var height && Number(cell.Groups[2]) is > 0 and < 1000 and var width
            ? new(protocol, width, height)
            : new(protocol);
    }

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\[\?([0-9;]+)c")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\[6;([0-9]{1,4});([0-9]{1,4})t")]
    private static partial Regex Cell();
}
