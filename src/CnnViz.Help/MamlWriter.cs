using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CnnViz.Help;

/// <summary>Writes pages as the XML that Get-Help reads: prose of the pages, facts of the cmdlets.</summary>
internal static partial class MamlWriter
{
    private const string Fence = "```";
    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The help of cmdlets.</summary>
    /// <param name="cmdlets">Each with its page.</param>
    /// <param name="draft">What stands for what a page does not say yet.</param>
    public static XDocument Write(IEnumerable<(CmdletFacts Facts, HelpPage Page)> cmdlets, Draft draft) =>
        new(new XDeclaration("1.0", "utf-8", null), new XElement(Items + "helpItems", new XAttribute("schema", "maml"),
            cmdlets.Select(cmdlet => Write(cmdlet.Facts, cmdlet.Page, draft.Of(cmdlet.Facts)))));

    private static XElement Write(CmdletFacts facts, HelpPage page, HelpPage draft)
    {
        var words = facts.Name.Split('-');
        return new(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(Command + "details",
                new XElement(Command + "name", facts.Name), new XElement(Command + "verb", words[0]), new XElement(Command + "noun", words[1]), Description(page.Synopsis)),
            Description(page.Description),
            new XElement(Command + "syntax", facts.Sets.Select(set => new XElement(Command + "syntaxItem",
                new XElement(Maml + "name", facts.Name), facts.InSet(set).Select(one => Parameter(one.Parameter, one.Use, "", isSyntax: true))))),
            new XElement(Command + "parameters", facts.ByName.Select(parameter =>
                Parameter(parameter, parameter.Uses[0], PageWriter.Prose(parameter, page, draft), isSyntax: false))),
            new XElement(Command + "inputTypes", page.Inputs.Select(input => Typed(Command + "inputType", input))),
            new XElement(Command + "returnValues", page.Outputs.Select(output => Typed(Command + "returnValue", output))),
            page.Notes.Length == 0 ? null : new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(Example)),
            new XElement(Command + "relatedLinks", page.LinkTargets.Select(link => new XElement(Maml + "navigationLink",
                new XElement(Maml + "linkText", link.Text),
                // A page of this project is found by its name.
                new XElement(Maml + "uri", link.Address.StartsWith("http", StringComparison.Ordinal) ? link.Address : "")))));
    }

    private static XElement Parameter(ParameterFacts parameter, ParameterUse use, string prose, bool isSyntax)
    {
        var values = parameter.Values is null || isSyntax ? "" : $"\n\nAccepted values: {parameter.Values}.";
        return new(
            Command + "parameter",
            new XAttribute("required", Text(use.IsRequired)),
            new XAttribute("variableLength", Text(parameter.Type.EndsWith("[]", StringComparison.Ordinal))),
            new XAttribute("globbing", Text(parameter.TakesWildcards)),
            new XAttribute("pipelineInput", use.PipelineText),
            new XAttribute("position", use.PositionText),
            new XAttribute("aliases", parameter.Aliases is [] ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Description(prose + values),
            parameter.IsSwitch && isSyntax ? null : new XElement(Command + "parameterValue",
                new XAttribute("required", Text(!parameter.IsSwitch)), new XAttribute("variableLength", "false"), parameter.Type),
            new XElement(Dev + "type", new XElement(Maml + "name", parameter.Type), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", parameter.Default));
    }

    private static XElement Typed(XName name, (string Title, string Text) part) =>
        new(name, new XElement(Dev + "type", new XElement(Maml + "name", part.Title)), Description(part.Text));

    private static XElement Example((string Title, string Text) example)
    {
        var code = Code().Match(example.Text);
        var remarks = code.Success ? example.Text.Remove(code.Index, code.Length) : example.Text;
        return new(
            Command + "example",
            new XElement(Maml + "title", $"---------- {example.Title} ----------"),
            new XElement(Dev + "code", code.Groups[1].Value.TrimEnd()),
            // Get-Help leaves no line between examples by itself.
            new XElement(Dev + "remarks", Paragraphs(remarks), new XElement(Maml + "para")));
    }

    private static XElement Description(string markdown) => new(Maml + "description", Paragraphs(markdown));

    /// <summary>Paragraphs without Markdown's marks. Lines of lists and of code stay lines; those of text are joined, for the reader's window breaks them.</summary>
    private static IEnumerable<XElement> Paragraphs(string markdown)
    {
        var text = Link().Replace(markdown, "$1").Replace("**", "", StringComparison.Ordinal);
        foreach (var paragraph in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var isCode = paragraph.StartsWith(Fence, StringComparison.Ordinal);
            var plain = isCode ? paragraph[(paragraph.IndexOf('\n', StringComparison.Ordinal) + 1)..].Replace(Fence, "", StringComparison.Ordinal) : paragraph.Replace("`", "", StringComparison.Ordinal);
            if (isCode)
                yield return new(Maml + "para", plain.TrimEnd());
            else
            {
                foreach (var item in ListItem().Split(plain))
                    yield return new(Maml + "para", LineBreak().Replace(item, " ").Trim());
            }
        }
    }

    private static string Text(bool value) => value ? "true" : "false";

    [GeneratedRegex("```powershell\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\n(?=- )")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex LineBreak();
}
