using System.Globalization;
using static System.Net.WebUtility;

namespace CnnViz.Reporting;

/// <summary>Classes with their probabilities as bars.</summary>
/// <param name="Title">Who says so.</param>
/// <param name="Classes">The classes, the most probable first.</param>
/// <param name="Truth">The label of the true class; null where it is not known.</param>
internal sealed record PredictionBars(string Title, IReadOnlyList<(string Label, double Probability)> Classes, string? Truth = null) : ReportBlock
{
    internal override string ToHtml() =>
        $"<div class=\"bars\"><b>{HtmlEncode(Title)}</b>{string.Concat(Classes.Select(entry => Bar(entry.Label, entry.Probability, entry.Label == Truth)))}</div>";

    internal static string Bar(string label, double probability, bool isTrue) => string.Create(CultureInfo.InvariantCulture,
        $"<span class=\"bar{(isTrue ? " true" : "")}\" style=\"--share:{probability * 100:0.##}%\"><i>{HtmlEncode(label)}</i><span>{probability:0.0 %}</span></span>");
}
