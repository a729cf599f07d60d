using static System.Net.WebUtility;

namespace CnnViz.Reporting;

/// <summary>Running text.</summary>
/// <param name="Text">Plain text.</param>
public sealed record Paragraph(string Text) : ReportBlock
{
    internal override string ToHtml() => $"<p>{HtmlEncode(Text)}</p>";
}
