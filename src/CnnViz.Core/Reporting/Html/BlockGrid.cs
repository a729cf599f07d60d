namespace CnnViz.Reporting;

/// <summary>Figures in rows, as many in each as there is room for.</summary>
/// <param name="Blocks">The figures.</param>
internal sealed record BlockGrid(IReadOnlyList<ReportBlock> Blocks) : ReportBlock
{
    internal override bool NeedsScript => Blocks.Any(block => block.NeedsScript);

    internal override string ToHtml() => $"<div class=\"grid\">\n{string.Join('\n', Blocks.Select(block => block.ToHtml()))}\n</div>";
}
