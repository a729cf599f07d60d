using static System.Net.WebUtility;

namespace CnnViz.Reporting;

/// <summary>A table: the columns' names, and the cells row by row.</summary>
/// <param name="Columns">The names of the columns; one that is a number's is set to the right by a leading <c>#</c>, which is not shown.</param>
/// <param name="Rows">The cells as plain text.</param>
public sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportBlock
{
    internal override string ToHtml()
    {
        var isNumber = Columns.Select(column => column.StartsWith('#')).ToArray();
        var head = string.Concat(Columns.Select(column => Cell("th", column.TrimStart('#'), column.StartsWith('#'))));
        var body = Rows.Select(row => $"<tr>{string.Concat(row.Select((text, i) => Cell("td", text, isNumber[i])))}</tr>");
        return $"<div class=\"scroll\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{string.Join('\n', body)}\n</tbody></table></div>";
    }

    private static string Cell(string tag, string text, bool isNumber) => $"<{tag}{(isNumber ? " class=\"number\"" : "")}>{HtmlEncode(text)}</{tag}>";
}
