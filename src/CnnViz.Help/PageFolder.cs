namespace CnnViz.Help;

/// <summary>A folder with a page for each cmdlet, <c>Get-CnnLayer.md</c>.</summary>
/// <param name="path">The folder.</param>
/// <param name="cmdlets">The cmdlets.</param>
/// <param name="draft">What stands for what is not written yet.</param>
internal sealed class PageFolder(string path, IReadOnlyList<CmdletFacts> cmdlets, Draft draft)
{
    /// <summary>The cmdlets that have a page, with it.</summary>
    public IEnumerable<(CmdletFacts Facts, HelpPage Page)> Pages =>
        from cmdlet in cmdlets
        where File.Exists(PathOf(cmdlet))
        select (cmdlet, HelpPage.Parse(Read(cmdlet)));

    /// <summary>Writes the facts of the cmdlets into their pages, and a first version of pages and parameters that are missing.</summary>
    /// <returns>What was written.</returns>
    public IEnumerable<string> Update()
    {
        foreach (var cmdlet in cmdlets.Where(cmdlet => !File.Exists(PathOf(cmdlet)) || Read(cmdlet) != Wanted(cmdlet)))
        {
            File.WriteAllText(PathOf(cmdlet), Wanted(cmdlet));
            yield return PathOf(cmdlet);
        }
    }

    /// <summary>What is wrong with the pages, as a compiler says it. Nothing is wrong where <see cref="Update"/> would change nothing and nothing is left to write.</summary>
    public IEnumerable<string> Check()
    {
        foreach (var page in Directory.EnumerateFiles(path, "*.md").Where(page => cmdlets.All(cmdlet => PathOf(cmdlet) != page)))
            yield return $"{page}(1): error: there is no such cmdlet";
        foreach (var cmdlet in cmdlets)
        {
            if (!File.Exists(PathOf(cmdlet)))
                yield return $"{PathOf(cmdlet)}(1): error: the page is missing";
            else if (Difference(Read(cmdlet).Split('\n'), Wanted(cmdlet).Split('\n')) is var (line, message))
                yield return $"{PathOf(cmdlet)}({line}): error: {message}";
        }
    }

    private static (int Line, string Message)? Difference(string[] found, string[] wanted)
    {
        for (var line = 0; line < found.Length; line++)
        {
            if (line >= wanted.Length || found[line] != wanted[line])
                return (line + 1, $"found '{found[line]}', expected '{wanted.ElementAtOrDefault(line)}': `build.ps1 Docs` brings the pages up to date");
            if (found[line].Contains(HelpPage.Placeholder, StringComparison.Ordinal))
                return (line + 1, $"'{found[line]}' is still to be written");
        }
        return found.Length == wanted.Length ? null : (found.Length, $"expected '{wanted[found.Length]}' below: `build.ps1 Docs` brings the pages up to date");
    }

    private string Wanted(CmdletFacts cmdlet) => PageWriter.Write(cmdlet, File.Exists(PathOf(cmdlet)) ? HelpPage.Parse(Read(cmdlet)) : new(), draft.Of(cmdlet));

    private string Read(CmdletFacts cmdlet) => File.ReadAllText(PathOf(cmdlet)).ReplaceLineEndings("\n");

    private string PathOf(CmdletFacts cmdlet) => Path.Combine(path, $"{cmdlet.Name}.md");
}
