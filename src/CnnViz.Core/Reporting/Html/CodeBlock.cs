namespace CnnViz.Reporting;

/// <summary>Text that is to be copied as it stands.</summary>
/// <param name="Text">The text.</param>
internal sealed record CodeBlock(string Text) : ReportBlock
{
    internal override string ToHtml() => $"<pre>{Text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)}</pre>";
}
