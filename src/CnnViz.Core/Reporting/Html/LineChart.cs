using System.Globalization;
using System.Text;
using CnnViz.Imaging;
using static System.Net.WebUtility;

namespace CnnViz.Reporting;

/// <summary>Curves over 1, 2, 3 … as a small drawing in the page's own colours.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Unit">What the numbers 1, 2, 3 … count, such as <c>epoch</c>.</param>
/// <param name="Series">The curves, at most three, of one length.</param>
/// <param name="Format">How a value is written, such as <c>0.00 %</c>.</param>
public sealed record LineChart(string Title, string Unit, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Series, string Format) : ReportBlock
{
    /// <summary>Where the values stand, in rising order; null for 1, 2, 3 …</summary>
    public IReadOnlyList<double>? Positions { get; init; }

    private const double Width = 420;
    private const double Height = 220;
    private const double Left = 64;
    private const double Right = 16;
    private const double Top = 34;
    private const double Bottom = 36;

    internal override string ToHtml()
    {
        var all = Series.SelectMany(series => series.Values).ToArray();
        var ticks = AxisTicks.For(all);
        var count = Series.Max(series => series.Values.Count);
        var places = Positions ?? [.. Enumerable.Range(1, count).Select(number => (double)number)];
        double X(int index) => count == 1 ? (Left + Width - Right) / 2 : Left + (places[index] - places[0]) / (places[^1] - places[0]) * (Width - Left - Right);
        double Y(double value) => Height - Bottom - (value - ticks.Low) / (ticks.High - ticks.Low) * (Height - Top - Bottom);

        var svg = new StringBuilder();
        void Add(FormattableString text) => svg.Append(FormattableString.Invariant(text)).Append('\n');
        Add($"<figure class=\"chart\"><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{HtmlEncode(Title)}\">");
        for (var line = 0; line <= ticks.Count; line++)
        {
            var value = ticks.Low + line * ticks.Spacing;
            Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/>");
            Add($"<text class=\"end\" x=\"{Left - 8}\" y=\"{Y(value) + 4:0.#}\">{HtmlEncode(value.ToString(Format, CultureInfo.InvariantCulture))}</text>");
        }
        var step = Math.Max(1, (count + 9) / 10);
        for (var index = 0; index < count; index += step)
            Add($"<text class=\"middle\" x=\"{X(index):0.#}\" y=\"{Height - Bottom + 18}\">{places[index]:0.###}</text>");
        Add($"<text class=\"end\" x=\"{Width - Right}\" y=\"{Height - 2}\">{HtmlEncode(Unit)}</text>");
        for (var i = 0; i < Series.Count; i++)
        {
            var (name, values) = Series[i];
            var points = string.Join(' ', values.Select((value, index) => FormattableString.Invariant($"{X(index):0.#},{Y(value):0.#}")));
            Add($"<g class=\"series{i}\"><polyline points=\"{points}\"/>");
            for (var index = 0; index < values.Count && count <= 20; index++)
                Add($"<circle cx=\"{X(index):0.#}\" cy=\"{Y(values[index]):0.#}\" r=\"3.5\"/>");
            Add($"<circle cx=\"{Left + 6 + i * 110}\" cy=\"12\" r=\"4\"/><text x=\"{Left + 16 + i * 110}\" y=\"16\">{HtmlEncode(name)}</text></g>");
        }
        Add($"</svg><figcaption>{HtmlEncode(Title)}</figcaption></figure>");
        return svg.ToString();
    }
}
