using System.Globalization;

namespace CnnViz.Reporting;

/// <summary>Pictures of how a picture came to be, with a slider through them.</summary>
/// <param name="Pictures">The pictures in order, two or more.</param>
/// <param name="Caption">The caption.</param>
/// <param name="Notes">Lines below it.</param>
/// <param name="Details">What is folded away.</param>
internal sealed record SliderFigure(IReadOnlyList<PagePicture> Pictures, string Caption, IReadOnlyList<string> Notes, params IReadOnlyList<ReportBlock> Details) : ReportBlock
{
    internal override bool NeedsScript => true;

    internal override string ToHtml()
    {
        var last = Pictures.Count - 1;
        var pictures = string.Concat(Pictures.Select((picture, i) => picture.ToHtml($" data-name=\"{Name(i)}\"{(i == last ? "" : " hidden")}")));
        return
            $"""
            <figure class="result slider">
            {PageFigure.Zoom(pictures, Caption)}
            {PageFigure.CaptionHtml(Caption, Notes, $"<span class=\"controls\"><input type=\"range\" min=\"0\" max=\"{last}\" value=\"{last}\" aria-label=\"From the first picture to the last\"><output>{Name(last)}</output></span>")}
            {string.Concat(Details.Select(block => block.ToHtml()))}</figure>
            """;
    }

    private string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1} of {Pictures.Count}");
}
