using System.Globalization;
using System.Text.Json;

namespace CnnViz.Imaging;

/// <summary>A filter for pictures, with its own or a well-known name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Weights">The weights [row, column].</param>
public sealed record Kernel(string Name, float[,] Weights)
{
    /// <summary>The name of a filter that has none of its own.</summary>
    public const string OwnName = "own";

    private const int LineSize = 7;

    /// <summary>The named filters.</summary>
    public static IReadOnlyList<Kernel> All { get; } =
    [
        new("SobelX", new float[,] { { -1, 0, 1 }, { -2, 0, 2 }, { -1, 0, 1 } }),
        new("SobelY", new float[,] { { -1, -2, -1 }, { 0, 0, 0 }, { 1, 2, 1 } }),
        new("PrewittX", new float[,] { { -1, 0, 1 }, { -1, 0, 1 }, { -1, 0, 1 } }),
        new("PrewittY", new float[,] { { -1, -1, -1 }, { 0, 0, 0 }, { 1, 1, 1 } }),
        new("Laplacian", new float[,] { { 0, 1, 0 }, { 1, -4, 1 }, { 0, 1, 0 } }),
        new("Edge", new float[,] { { -1, -1, -1 }, { -1, 8, -1 }, { -1, -1, -1 } }),
        new("Sharpen", new float[,] { { 0, -1, 0 }, { -1, 5, -1 }, { 0, -1, 0 } }),
        new("Emboss", new float[,] { { -2, -1, 0 }, { -1, 1, 1 }, { 0, 1, 2 } }),
        new("BoxBlur", Outer(1 / 3f, 1 / 3f, 1 / 3f)),
        new("GaussianBlur", Outer(1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f)),
        new("LineVertical", Line(isVertical: true)),
        new("LineHorizontal", Line(isVertical: false)),
    ];

    /// <summary>Whether the weights sum to 1, so that a plain area keeps its value.</summary>
    public bool KeepsBrightness => Math.Abs(Weights.Cast<float>().Sum() - 1) < 1e-4f;

    /// <summary>The filter of that name, whatever its case, or of weights as <see cref="ToString"/> writes them.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: there is none.</exception>
    public static Kernel Parse(string name) =>
        All.FirstOrDefault(kernel => kernel.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? (name.StartsWith('[') ? OfRows(name) : null)
        ?? throw Errors.ArgumentInvalid("The kernel", name, $"a 2-D array or one of {string.Join(", ", All.Select(kernel => kernel.Name))}");

    /// <summary>The name; where it is not a well-known one, the weights, row by row: <c>[[0,1],[1,0]]</c>.</summary>
    public override string ToString()
    {
        if (All.Any(kernel => ReferenceEquals(kernel.Weights, Weights)))
            return Name;
        var columns = Weights.GetLength(1);
        var rows = Weights.Cast<float>().Select(weight => weight.ToString(CultureInfo.InvariantCulture)).Chunk(columns);
        return $"[{string.Join(',', rows.Select(row => $"[{string.Join(',', row)}]"))}]";
    }

    /// <summary>Weights as <see cref="ToString"/> writes them; null where they are not.</summary>
    private static Kernel? OfRows(string text)
    {
        try
        {
            var rows = JsonSerializer.Deserialize<float[][]>(text)!;
            var weights = new float[rows.Length, rows[0].Length];
            for (var row = 0; row < rows.Length; row++)
            {
                for (var column = 0; column < rows[0].Length; column++)
                    weights[row, column] = rows[row][column];
            }
            return Array.TrueForAll(rows, row => row.Length == rows[0].Length) ? new Kernel(OwnName, weights) : null;
        }
        catch (Exception failure) when (failure is JsonException or IndexOutOfRangeException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>The product of a column and a row of the same weights.</summary>
    private static float[,] Outer(params float[] weights)
    {
        var kernel = new float[weights.Length, weights.Length];
        for (var row = 0; row < weights.Length; row++)
        {
            for (var column = 0; column < weights.Length; column++)
                kernel[row, column] = weights[row] * weights[column];
        }
        return kernel;
    }

    /// <summary>Zeros but for ones along the middle.</summary>
    private static float[,] Line(bool isVertical)
    {
        var kernel = new float[LineSize, LineSize];
        for (var index = 0; index < LineSize; index++)
            kernel[isVertical ? index : LineSize / 2, isVertical ? LineSize / 2 : index] = 1;
        return kernel;
    }
}
