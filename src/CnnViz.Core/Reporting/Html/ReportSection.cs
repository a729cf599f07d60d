namespace CnnViz.Reporting;

/// <summary>A part of a report page under its own heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What stands below it.</param>
public sealed record ReportSection(string Title, IReadOnlyList<ReportBlock> Blocks);
