using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using CnnViz.Files;

namespace CnnViz.Imaging;

/// <summary>
/// NumPy's .npy files (format 1, 2 and 3): float32 and float64, bytes and integers are read as float32 of the same shape, in C or
/// Fortran order; float32 in C order is written. Nothing in a file is executed: object arrays are refused.
/// </summary>
public static partial class NpyFile
{
    /// <summary>What is read of a header at most; NumPy's own are under 200 bytes.</summary>
    private const int LongestHeader = 65_536;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Whether the bytes begin as a .npy file does.</summary>
    public static bool IsNpy(ReadOnlySpan<byte> file) => file.StartsWith(Magic);

    /// <summary>Reads the bytes of a .npy file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="CnnVizException"><c>ImageUnreadable</c>: no .npy file, or a type that is not read; <c>ImageTruncated</c>: too few or too many bytes.</exception>
    public static CnnTensor Read(ReadOnlySpan<byte> file, string name) => Read(file, name, out _);

    /// <summary>As <see cref="Read(ReadOnlySpan{byte}, string)"/>, and whether the values were bytes (uint8), whose white is 255.</summary>
    internal static CnnTensor Read(ReadOnlySpan<byte> file, string name, out bool isByte)
    {
        var header = ReadHeader(file, name, out var body);
        var type = TypePattern().Match(header);
        var order = OrderPattern().Match(header);
        var extents = ShapePattern().Match(header);
        if (!type.Success || !order.Success || !extents.Success)
            throw Errors.ImageUnreadable(name, $"The .npy header is '{header.Trim()}'; expected 'descr', 'fortran_order' and 'shape'.");
        var shape = ReadShape(extents.Groups[1].Value, name, out var count);
        var width = type.Groups[1].Value switch
        {
            "|u1" or "|i1" => 1,
            "<f4" or "<i4" => 4,
            "<f8" or "<i8" => 8,
            var other => throw Errors.ImageUnreadable(name, $"Its values are of NumPy's type '{other}'; <f4 (float32), <f8, |u1, |i1, <i4 and <i8 are read."),
        };
        if (count * width != body.Length)
            throw Errors.ImageTruncated(name, $"shape ({extents.Groups[1].Value}) of {type.Groups[1].Value} needs {count * width:N0} bytes, there are {body.Length:N0}.");
        isByte = type.Groups[1].Value == "|u1";
        var values = ReadValues(type.Groups[1].Value, body, (int)count);
        return new CnnTensor(order.Groups[1].Value == "True" ? ToRowMajor(values, shape) : values, shape);
    }

    /// <summary>Writes float32 values in C order.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="force">Replaces a file that is there already.</param>
    /// <exception cref="CnnVizException"><c>OutputExists</c> or <c>OutputUnwritable</c>.</exception>
    public static void Write(CnnTensor tensor, string path, bool force = false) => OutputFile.Write(path, force, stream =>
    {
        var shape = string.Join(", ", tensor.Shape) + (tensor.Shape.Length == 1 ? "," : "");
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}";
        // The values begin at a multiple of 64, behind 10 bytes and a closing line feed.
        header = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        stream.Write([.. Magic, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header)]);
        stream.Write(MemoryMarshal.AsBytes(tensor.Data.AsSpan()));
    });

    private static string ReadHeader(ReadOnlySpan<byte> file, string name, out ReadOnlySpan<byte> body)
    {
        if (!IsNpy(file) || file.Length < 12)
            throw Errors.ImageUnreadable(name, "It does not begin as a .npy file does.");
        var isFirst = file[6] == 1;
        if (file[6] is not (1 or 2 or 3))
            throw Errors.ImageUnreadable(name, $"It is a .npy file of format {file[6]}; 1, 2 and 3 are read.");
        var length = isFirst ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        var start = isFirst ? 10 : 12;
        if (length > LongestHeader || length > file.Length - start)
            throw Errors.ImageTruncated(name, $"its header should be {length:N0} bytes long, and {file.Length - start:N0} follow.");
        body = file[(start + (int)length)..];
        return Encoding.UTF8.GetString(file.Slice(start, (int)length));
    }

    private static int[] ReadShape(string text, string name, out long count)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shape = new int[parts.Length];
        count = 1;
        for (var index = 0; index < parts.Length; index++)
        {
            if (!int.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out shape[index]))
                throw Errors.ImageUnreadable(name, $"Its shape is ({text}); expected whole numbers up to {int.MaxValue:N0}.");
            count *= shape[index];
            if (count > Array.MaxLength)
                throw Errors.ImageUnreadable(name, $"Its shape is ({text}); at most {Array.MaxLength:N0} values are read.");
        }
        return shape;
    }

    private static float[] ReadValues(string type, ReadOnlySpan<byte> body, int count)
    {
        var values = new float[count];
        switch (type)
        {
            case "<f4":
                body.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
                break;
            case "<f8":
                Convert(MemoryMarshal.Cast<byte, double>(body), values, value => (float)value);
                break;
            case "<i4":
                Convert(MemoryMarshal.Cast<byte, int>(body), values, value => value);
                break;
            case "<i8":
                Convert(MemoryMarshal.Cast<byte, long>(body), values, value => value);
                break;
            case "|i1":
                Convert(MemoryMarshal.Cast<byte, sbyte>(body), values, value => value);
                break;
            default:
                Convert(body, values, value => value);
                break;
        }
        return values;
    }

    private static void Convert<T>(ReadOnlySpan<T> from, float[] to, Func<T, float> convert)
    {
        for (var index = 0; index < to.Length; index++)
            to[index] = convert(from[index]);
    }

    /// <summary>Values whose first index runs fastest, put into the order where the last does.</summary>
    private static float[] ToRowMajor(float[] values, int[] shape)
    {
        var ordered = new float[values.Length];
        var position = new int[shape.Length];
        for (var index = 0; index < values.Length; index++)
        {
            var target = 0;
            for (var dimension = 0; dimension < shape.Length; dimension++)
                target = (target * shape[dimension]) + position[dimension];
            ordered[target] = values[index];
            for (var dimension = 0; dimension < shape.Length && ++position[dimension] == shape[dimension]; dimension++)
                position[dimension] = 0;
        }
        return ordered;
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([^']*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)\b")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^()]*)\)")]
    private static partial Regex ShapePattern();
}
