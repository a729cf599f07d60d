namespace CnnViz.Reporting;

/// <summary>Pieces side by side where the screen is wide enough, else one below the other.</summary>
/// <param name="Blocks">The pieces from left to right.</param>
public sealed record BlockRow(params IReadOnlyList<ReportBlock> Blocks) : ReportBlock
{
    internal override bool NeedsScript => Blocks.Any(block => block.NeedsScript);

    internal override string ToHtml() => $"<div class=\"row\">\n{string.Join('\n', Blocks.Select(block => block.ToHtml()))}\n</div>";
}
