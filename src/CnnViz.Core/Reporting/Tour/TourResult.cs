namespace CnnViz.Reporting;

/// <summary>What a tour has made.</summary>
/// <param name="Page">The path of its page, <c>index.html</c>.</param>
/// <param name="Files">The paths of its other files, in the order of the page: pictures, and the trained model.</param>
/// <param name="History">The training.</param>
/// <param name="Seconds">How long all of it took.</param>
public sealed record TourResult(string Page, IReadOnlyList<string> Files, IReadOnlyList<EpochResult> History, double Seconds);
