using static System.Net.WebUtility;

namespace CnnViz.Reporting;

/// <summary>Two pictures of one size in one place, one after the other, which shows what the eye finds in no other way.</summary>
/// <param name="First">The one that is seen at first.</param>
/// <param name="FirstName">What it is.</param>
/// <param name="Second">The other.</param>
/// <param name="SecondName">What that is.</param>
/// <param name="Caption">The caption.</param>
/// <param name="Notes">Lines below it.</param>
/// <param name="Details">What is folded away.</param>
internal sealed record BlinkFigure(
    PagePicture First, string FirstName, PagePicture Second, string SecondName, string Caption, IReadOnlyList<string> Notes, params IReadOnlyList<ReportBlock> Details) : ReportBlock
{
    internal override bool NeedsScript => true;

    internal override string ToHtml() =>
        $"""
        <figure class="result blink">
        {PageFigure.Zoom(First.ToHtml(Named(FirstName)) + Second.ToHtml(Named(SecondName) + " hidden"), Caption)}
        {PageFigure.CaptionHtml(Caption, Notes, $"<span class=\"controls\"><button type=\"button\" aria-pressed=\"false\">Blink</button><output>{HtmlEncode(FirstName)}</output></span>")}
        {string.Concat(Details.Select(block => block.ToHtml()))}</figure>
        """;

    private static string Named(string name) => $" data-name=\"{HtmlEncode(name)}\"";
}
