using System.Security.Cryptography;
using System.Text;
using CnnViz.Files;
using static System.Net.WebUtility;

namespace CnnViz.Reporting;

/// <summary>A page that holds everything it shows: one HTML file, to be read offline, on a wide screen or a phone, in light or in the dark.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Lead">A few sentences on what it is.</param>
/// <param name="Facts">The figures that sum it up, each with what it counts.</param>
/// <param name="Sections">What is shown.</param>
public sealed record ReportPage(string Title, string Lead, IReadOnlyList<(string Value, string Name)> Facts, IReadOnlyList<ReportSection> Sections)
{
    private static readonly Lazy<string> Style = new(() => Resource("report.css"));
    private static readonly Lazy<string> Script = new(() => Resource("report.js"));

    private bool NeedsScript => Sections.Any(section => section.Blocks.Any(block => block.NeedsScript));

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="force">Replaces a file that is there already.</param>
    /// <exception cref="CnnVizException"><c>OutputExists</c>, <c>OutputUnwritable</c>.</exception>
    public void Save(string path, bool force) => OutputFile.Write(path, force, stream => stream.Write(Encoding.UTF8.GetBytes(ToHtml())));

    /// <summary>The whole page.</summary>
    public string ToHtml() =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <title>{HtmlEncode(Title)}</title>
        <link rel="icon" href="data:,">
        <style>
        {Style.Value}</style>
        </head>
        <body>
        <header>
        <h1>{HtmlEncode(Title)}</h1>
        <p class="lead">{HtmlEncode(Lead)}</p>
        <dl>{string.Concat(Facts.Select(fact => $"<div><dd>{HtmlEncode(fact.Value)}</dd><dt>{HtmlEncode(fact.Name)}</dt></div>"))}</dl>
        <nav><ol>{string.Concat(Sections.Select((section, i) => $"<li><a href=\"#part-{i + 1}\">{HtmlEncode(section.Title)}</a></li>"))}</ol></nav>
        </header>
        <main>
        {string.Join('\n', Sections.Select(Html))}
        </main>
        {(NeedsScript ? $"<dialog id=\"large\"><img alt=\"\"><p></p></dialog>\n<script>{Script.Value}</script>" : "")}
        </body>
        </html>

        """;

    private static string Html(ReportSection section, int index) =>
        $"""
        <section id="part-{index + 1}">
        <h2><span>{index + 1}</span>{HtmlEncode(section.Title)}</h2>
        {string.Join('\n', section.Blocks.Select(block => block.ToHtml()))}
        </section>
        """;

    /// <summary>The browser itself sees to it that nothing comes from elsewhere and nothing runs but the page's own script.</summary>
    private string Policy =>
        $"default-src 'none'; img-src data:; style-src 'unsafe-inline'{(NeedsScript ? $"; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script.Value)))}'" : "")}";

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream($"CnnViz.Reporting.{name}")!);
        // Browsers hash what they read, which has these line ends.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
