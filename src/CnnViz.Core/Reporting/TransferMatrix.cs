using CnnViz.Attacks;
using CnnViz.Imaging;

namespace CnnViz.Reporting;

/// <summary>The picture of transfer: a row for the models that examples were made against, a column for each that they were shown.</summary>
public static class TransferMatrix
{
    /// <summary>Draws it.</summary>
    /// <param name="rates">The rates, at least one; where several are of the same pair, the last.</param>
    public static CnnImage Draw(IReadOnlyList<TransferRate> rates)
    {
        var rows = rates.Select(Source).Distinct().ToArray();
        string[] columns = [.. rates.Select(rate => rate.JudgedModel).Distinct()];
        var hasOneAttack = rows.Select(row => (row.Method, row.Epsilon, row.IsTargeted)).Distinct().Count() == 1;
        return new HeatTable(
            "fooled by examples of", [.. rows.Select(row => hasOneAttack ? row.Model : $"{row.Model} {Attack(row.Method, row.Epsilon, row.IsTargeted)}")], columns,
            (row, column) => rates.LastOrDefault(rate => Source(rate) == rows[row] && rate.JudgedModel == columns[column])?.Rate ?? double.NaN)
        {
            RowTitle = hasOneAttack ? Attack(rows[0].Method, rows[0].Epsilon, rows[0].IsTargeted) : "",
            ColumnTitle = "shown to",
        }.Draw();
    }

    private static (string Model, string Method, double? Epsilon, bool IsTargeted) Source(TransferRate rate) => (rate.SourceModel, rate.Method, rate.Epsilon, rate.IsTargeted);

    private static string Attack(string method, double? epsilon, bool isTargeted) =>
        string.Join(' ', ((string?[])[method, epsilon is { } most ? ((Fraction)most).ToString() : null, isTargeted ? "targeted" : null]).OfType<string>());
}
