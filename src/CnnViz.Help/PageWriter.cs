using System.Text;

namespace CnnViz.Help;

/// <summary>Puts facts and prose together into a page as platyPS lays it out.</summary>
internal static class PageWriter
{
    /// <summary>The name of the compiled help, which PowerShell derives from the assembly's.</summary>
    public const string HelpFile = "CnnViz.dll-Help.xml";

    private const string CommonParameters =
        """
        ### CommonParameters
        This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable, -InformationAction, -InformationVariable, -OutBuffer, -OutVariable,
        -PipelineVariable, -ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see
        [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).
        """;

    /// <summary>The page: what people wrote, the facts as they are, and a draft of what is missing.</summary>
    /// <param name="facts">The cmdlet.</param>
    /// <param name="page">What is written already.</param>
    /// <param name="draft">What stands for what is not.</param>
    public static string Write(CmdletFacts facts, HelpPage page, HelpPage draft)
    {
        var text = new StringBuilder(
            $"""
            ---
            external help file: {HelpFile}
            Module Name: CnnViz
            online version:
            schema: 2.0.0
            ---

            # {facts.Name}

            """);
        Section("SYNOPSIS", Or(page.Synopsis, draft.Synopsis));
        Section("SYNTAX", string.Join("\n\n", facts.Sets.Select(set => Syntax(facts, set))));
        Section("DESCRIPTION", Or(page.Description, draft.Description));
        Section("EXAMPLES", Parts(page.Examples is [] ? draft.Examples : page.Examples));
        Section("PARAMETERS", string.Join("\n\n", facts.ByName.Select(parameter => Parameter(parameter, Prose(parameter, page, draft)))) + $"\n\n{CommonParameters}");
        Section("INPUTS", Parts(page.Inputs is [] ? draft.Inputs : page.Inputs));
        Section("OUTPUTS", Parts([.. facts.Outputs.Select(type => (type, page.Outputs.Concat(draft.Outputs).FirstOrDefault(output => output.Title == type).Text ?? ""))]));
        Section("NOTES", page.Notes);
        Section("RELATED LINKS", Or(page.Links, draft.Links));
        return text.ToString().ReplaceLineEndings("\n");

        void Section(string title, string body) => text.Append(body.Length == 0 ? $"\n## {title}\n" : $"\n## {title}\n\n{body}\n");
    }

    /// <summary>What is written about a parameter, or else its draft.</summary>
    public static string Prose(ParameterFacts parameter, HelpPage page, HelpPage draft) =>
        Or(page.Parameters.GetValueOrDefault(parameter.Name, ""), draft.Parameters.GetValueOrDefault(parameter.Name, ""));

    private static string Or(string written, string draft) => written.Length > 0 ? written : draft;

    private static string Parts(IEnumerable<(string Title, string Text)> parts) => string.Join("\n\n", parts.Select(part => $"### {part.Title}\n\n{part.Text}".TrimEnd()));

    private static string Syntax(CmdletFacts facts, string? set)
    {
        var heading = set is null ? "" : $"### {set}{(set == facts.DefaultSet ? " (Default)" : "")}\n\n";
        var words = facts.InSet(set).Select(one => Syntax(one.Parameter, one.Use));
        return $"{heading}```\n{facts.Name} {string.Join(' ', words)} [<CommonParameters>]\n```";
    }

    private static string Syntax(ParameterFacts parameter, ParameterUse use)
    {
        var name = use.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var word = parameter.IsSwitch ? name : $"{name} <{parameter.Type}>";
        return use.IsRequired ? word : $"[{word}]";
    }

    private static string Parameter(ParameterFacts parameter, string prose) =>
        $"### -{parameter.Name}\n\n{prose}\n\n{string.Join("\n\n", parameter.Uses.GroupBy(use => use with { Set = null }).Select(alike => Facts(parameter, [.. alike])))}";

    private static string Facts(ParameterFacts parameter, IReadOnlyList<ParameterUse> uses)
    {
        var sets = uses[0].Set is null ? "(All)" : string.Join(", ", uses.Select(use => use.Set));
        string[] lines =
        [
            "```yaml",
            $"Type: {parameter.Type}",
            $"Parameter Sets: {sets}",
            $"Aliases: {string.Join(", ", parameter.Aliases)}".TrimEnd(),
            .. parameter.Values is null ? Array.Empty<string>() : [$"Accepted values: {parameter.Values}"],
            "",
            $"Required: {uses[0].IsRequired}",
            $"Position: {uses[0].PositionText}",
            $"Default value: {parameter.Default}",
            $"Accept pipeline input: {uses[0].PipelineText}",
            $"Accept wildcard characters: {parameter.TakesWildcards}",
            "```",
        ];
        return string.Join('\n', lines);
    }
}
