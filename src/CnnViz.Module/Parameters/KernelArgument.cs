using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CnnViz.Imaging;

namespace CnnViz.Parameters;

/// <summary>Makes a filter of what users give: a name, a 2-D array, rows of numbers, or a kernel that a network has learned.</summary>
internal static class KernelArgument
{
    private const string Expected = "a 2-D array, rows of as many numbers each, a CnnFilter with one input channel, or a name";

    /// <summary>The filter.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: an unknown name, rows of different lengths, something that is no number.</exception>
    public static Kernel Parse(object argument) => (argument is PSObject wrapper ? wrapper.BaseObject : argument) switch
    {
        Kernel kernel => kernel,
        string name => Kernel.Parse(name),
        CnnFilter filter => Own(OfTensor(filter.Values)),
        CnnTensor tensor => Own(OfTensor(tensor)),
        Array { Rank: 2 } array => Own(OfArray(array)),
        IEnumerable rows => Own(OfRows([.. rows.Cast<object?>().Select(Row)])),
        _ => throw Errors.ArgumentInvalid("The kernel", argument, Expected),
    };

    private static Kernel Own(float[,] weights) => new(Kernel.OwnName, weights);

    private static float[,] OfTensor(CnnTensor tensor)
    {
        var shape = tensor.Shape;
        if (shape.Length < 2 || shape[..^2].Any(extent => extent != 1))
            throw Errors.ShapeMismatch("The kernel", shape, "one map: H,W or 1,H,W");
        return OfRows([.. tensor.Data.Chunk(Math.Max(shape[^1], 1))]);
    }

    private static float[,] OfArray(Array array)
    {
        var weights = new float[array.GetLength(0), array.GetLength(1)];
        for (var row = 0; row < weights.GetLength(0); row++)
        {
            for (var column = 0; column < weights.GetLength(1); column++)
                weights[row, column] = Number(array.GetValue(row + array.GetLowerBound(0), column + array.GetLowerBound(1)));
        }
        return weights;
    }

    private static float[] Row(object? row) => (row is PSObject wrapper ? wrapper.BaseObject : row) is IEnumerable numbers and not string
        ? [.. numbers.Cast<object?>().Select(Number)]
        : throw Errors.ArgumentInvalid("A row of the kernel", row, "several numbers; write @((0,1,0), (1,-4,1), (0,1,0))");

    private static float[,] OfRows(float[][] rows)
    {
        var width = rows.Length == 0 ? 0 : rows[0].Length;
        var uneven = Array.Find(rows, row => row.Length != width);
        if (uneven is not null)
            throw Errors.ArgumentInvalid("A row of the kernel", $"{uneven.Length} numbers", $"{width}, as the first row has");
        var weights = new float[rows.Length, width];
        Buffer.BlockCopy(rows.SelectMany(row => row).ToArray(), 0, weights, 0, rows.Length * width * sizeof(float));
        return weights;
    }

    private static float Number(object? value)
    {
        var number = value is PSObject wrapper ? wrapper.BaseObject : value;
        return number is IConvertible and not string && LanguagePrimitives.TryConvertTo<float>(number, CultureInfo.InvariantCulture, out var weight)
            ? weight
            : throw Errors.ArgumentInvalid("A weight of the kernel", number, "a number");
    }
}
