using static System.Net.WebUtility;

namespace CnnViz.Reporting;

/// <summary>Pieces that are folded away until they are asked for.</summary>
/// <param name="Title">What is seen of them.</param>
/// <param name="Blocks">The pieces.</param>
internal sealed record FoldedBlock(string Title, params IReadOnlyList<ReportBlock> Blocks) : ReportBlock
{
    internal override bool NeedsScript => Blocks.Any(block => block.NeedsScript);

    internal override string ToHtml() => $"<details><summary>{HtmlEncode(Title)}</summary>\n{string.Join('\n', Blocks.Select(block => block.ToHtml()))}\n</details>\n";
}
