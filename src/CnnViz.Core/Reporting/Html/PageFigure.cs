using static System.Net.WebUtility;

namespace CnnViz.Reporting;

/// <summary>A picture that grows when it is clicked, with its caption and what more there is to say.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Caption">Its caption.</param>
/// <param name="Notes">Lines below the caption.</param>
/// <param name="Details">What is folded away.</param>
internal sealed record PageFigure(PagePicture Picture, string Caption, IReadOnlyList<string> Notes, params IReadOnlyList<ReportBlock> Details) : ReportBlock
{
    internal override bool NeedsScript => true;

    internal override string ToHtml() =>
        $"""
        <figure class="result">
        {Zoom(Picture.ToHtml(), Picture.Text)}
        {CaptionHtml(Caption, Notes)}
        {string.Concat(Details.Select(block => block.ToHtml()))}</figure>
        """;

    /// <summary>Pictures that one of them grows of when they are clicked.</summary>
    internal static string Zoom(string pictures, string text) => $"<button class=\"zoom\" type=\"button\" aria-label=\"Enlarge: {HtmlEncode(text)}\">{pictures}</button>";

    internal static string CaptionHtml(string caption, IReadOnlyList<string> notes, string controls = "") =>
        $"<figcaption><b>{HtmlEncode(caption)}</b>{controls}{string.Concat(notes.Select(note => $"<span>{HtmlEncode(note)}</span>"))}</figcaption>";
}
