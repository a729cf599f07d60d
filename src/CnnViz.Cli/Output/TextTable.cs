namespace CnnViz.Cli.Output;

/// <summary>Writes aligned columns; those of numbers are aligned to the right.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <summary>Writes a heading and a line for each row; nothing where there is none.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns: a name, and what stands in it.</param>
    public static void Write<T>(TextWriter output, IEnumerable<T> rows, params IReadOnlyList<(string Name, Func<T, string> Cell)> columns)
    {
        var cells = rows.Select(row => columns.Select(column => column.Cell(row)).ToArray()).ToArray();
        if (cells.Length == 0)
            return;
        var widths = columns.Select((column, i) => cells.Select(row => row[i].Length).Append(column.Name.Length).Max()).ToArray();
        var areNumbers = columns.Select((_, i) => cells.All(row => row[i].Length == 0 || char.IsAsciiDigit(row[i].TrimStart('-')[0]))).ToArray();
        foreach (var line in cells.Prepend([.. columns.Select(column => column.Name)]).ToArray())
            output.WriteLine(string.Join(Gap, line.Select((text, i) => areNumbers[i] ? text.PadLeft(widths[i]) : text.PadRight(widths[i]))).TrimEnd());
    }

    /// <summary>Writes names and their values, a line each.</summary>
    public static void WriteFacts(TextWriter output, params IReadOnlyList<(string Name, string Value)> facts)
    {
        var width = facts.Max(fact => fact.Name.Length);
        foreach (var (name, value) in facts)
            output.WriteLine($"{name.PadRight(width)}{Gap}{value}");
    }
}
