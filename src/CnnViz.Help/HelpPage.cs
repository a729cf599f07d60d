using System.Text.RegularExpressions;

namespace CnnViz.Help;

/// <summary>What people wrote on a page of docs/cmdlets: everything on it that is not a fact of the cmdlet.</summary>
internal sealed partial class HelpPage
{
    /// <summary>What marks a place that is still to be written.</summary>
    public const string Placeholder = "{{";

    private const string Yaml = "```yaml";
    private const string Fence = "```";

    /// <summary>One sentence.</summary>
    public string Synopsis { get; init; } = "";

    /// <summary>What it does, when to use it, what comes out.</summary>
    public string Description { get; init; } = "";

    /// <summary>The examples, heading and text.</summary>
    public IReadOnlyList<(string Title, string Text)> Examples { get; init; } = [];

    /// <summary>What each parameter is for.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What comes in, type and text.</summary>
    public IReadOnlyList<(string Title, string Text)> Inputs { get; init; } = [];

    /// <summary>What comes out, type and text.</summary>
    public IReadOnlyList<(string Title, string Text)> Outputs { get; init; } = [];

    /// <summary>What else is worth knowing.</summary>
    public string Notes { get; init; } = "";

    /// <summary>Where to read on: a link a line.</summary>
    public string Links { get; init; } = "";

    /// <summary>The text of a link and where it leads.</summary>
    public IEnumerable<(string Text, string Address)> LinkTargets => Link().Matches(Links).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>Reads a page. Facts on it are passed over: they are the cmdlet's.</summary>
    /// <param name="text">The page.</param>
    public static HelpPage Parse(string text)
    {
        var sections = Split(text, "## ").ToDictionary(section => section.Title, section => section.Text, StringComparer.Ordinal);
        return new()
        {
            Synopsis = Of("SYNOPSIS"),
            Description = Of("DESCRIPTION"),
            Examples = Split(Of("EXAMPLES"), "### "),
            Parameters = Split(Of("PARAMETERS"), "### -").ToDictionary(parameter => parameter.Title, parameter => WithoutFacts(parameter.Text), StringComparer.Ordinal),
            Inputs = Split(Of("INPUTS"), "### "),
            Outputs = Split(Of("OUTPUTS"), "### "),
            Notes = Of("NOTES"),
            Links = Of("RELATED LINKS"),
        };

        string Of(string title) => sections.GetValueOrDefault(title, "");
    }

    /// <summary>The parts of a text below headings, other headings of the same level ending them; what is in a code block is no heading.</summary>
    private static IReadOnlyList<(string Title, string Text)> Split(string text, string mark)
    {
        var level = mark[..(mark.IndexOf(' ', StringComparison.Ordinal) + 1)];
        var parts = new List<(string Title, List<string> Lines)>();
        var isOpen = false;
        var isCode = false;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            var isHeading = !isCode && line.StartsWith(level, StringComparison.Ordinal);
            if (line.StartsWith(Fence, StringComparison.Ordinal))
                isCode = !isCode;
            if (isHeading)
                isOpen = line.StartsWith(mark, StringComparison.Ordinal);
            if (isHeading && isOpen)
                parts.Add((line[mark.Length..].Trim(), []));
            else if (isOpen)
                parts[^1].Lines.Add(line);
        }
        return [.. parts.Select(part => (part.Title, string.Join('\n', part.Lines).Trim()))];
    }

    private static string WithoutFacts(string text)
    {
        var start = text.IndexOf(Yaml, StringComparison.Ordinal);
        return (start < 0 ? text : text[..start]).Trim();
    }

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]*)\)")]
    private static partial Regex Link();
}
