using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CnnViz.Help;

/// <summary>A first version of a page, from the comments in the code.</summary>
/// <param name="documentation">The compiler's documentation file of the cmdlets' assembly; null gives placeholders alone.</param>
internal sealed partial class Draft(XDocument? documentation)
{
    private readonly Dictionary<string, string> _summaries = (documentation?.Descendants("member") ?? [])
        .ToDictionary(member => (string)member.Attribute("name")!, member => Text(member.Element("summary")), StringComparer.Ordinal);

    /// <summary>The first version for a cmdlet.</summary>
    public HelpPage Of(CmdletFacts facts)
    {
        var summary = _summaries.GetValueOrDefault($"T:CnnViz.Commands.{facts.Name.Replace("-", "", StringComparison.Ordinal)}Command", "{{ What it does }}");
        return new()
        {
            Synopsis = summary,
            Description = summary,
            Examples = [("Example 1: {{ What it shows }}", "```powershell\n{{ What can be run }}\n```\n\n{{ What it gives }}")],
            Parameters = facts.Parameters.ToDictionary(parameter => parameter.Name, Of, StringComparer.Ordinal),
            Inputs = [("{{ Type }}", "{{ What is done with it }}")],
            Outputs = [.. facts.Outputs.Select(output => (output, "{{ What it holds }}"))],
            Links = "[about_CnnViz](../about/about_CnnViz.help.txt)",
        };
    }

    private string Of(ParameterFacts parameter) => parameter.Name switch
    {
        "WhatIf" => "Shows what would be written, and writes nothing.",
        "Confirm" => "Asks before each file is written.",
        _ => _summaries.GetValueOrDefault(parameter.DocumentationId ?? "", $"{{{{ What {parameter.Name} does }}}}"),
    };

    private static string Text(XElement? summary) => summary is null
        ? ""
        : Space().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement reference when (string?)reference.Attribute("cref") is { } cref => cref[(cref.LastIndexOf('.') + 1)..],
        XElement element => element.Value,
        _ => node.ToString(),
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
