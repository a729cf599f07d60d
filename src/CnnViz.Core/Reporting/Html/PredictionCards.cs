using static System.Net.WebUtility;

namespace CnnViz.Reporting;

/// <summary>Pictures, each beside the classes that a network sees in it, with their probabilities as bars.</summary>
/// <param name="Cards">The pictures in order.</param>
public sealed record PredictionCards(IReadOnlyList<PredictionCard> Cards) : ReportBlock
{
    internal override string ToHtml() => $"<div class=\"cards\">\n{string.Join('\n', Cards.Select(Html))}\n</div>";

    private static string Html(PredictionCard card) =>
        $"""
        <figure class="card">
        <div class="mat"><img src="{Figure.DataUri(card.Picture.Png)}" width="{card.Picture.Width}" height="{card.Picture.Height}" alt="{HtmlEncode(card.Picture.Caption)}"></div>
        <figcaption><b>{HtmlEncode(card.Picture.Caption)}</b>
        {string.Concat(card.Classes.Select(entry => PredictionBars.Bar(entry.Label, entry.Probability, entry.Label == card.Truth)))}</figcaption>
        </figure>
        """;
}
