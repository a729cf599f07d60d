using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Newtonsoft.Json;

namespace CnnViz;

/// <summary>
/// A tensor in managed memory: the only kind that leaves a cmdlet. It holds no native memory, needs no disposal,
/// and can be read from any thread.
/// </summary>
public class CnnTensor
{
    /// <summary>Wraps the data; the array is not copied.</summary>
    /// <param name="data">The values in row-major (C) order.</param>
    /// <param name="shape">The extents; their product is the length of <paramref name="data"/>.</param>
    /// <param name="layout">A letter for each extent, such as <c>CHW</c>, <c>NCHW</c>, <c>HW</c>; made up from the rank where null.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: the shape does not hold as many values as there are.</exception>
    public CnnTensor(float[] data, int[] shape, string? layout = null)
    {
        var count = 1L;
        foreach (var extent in shape)
            count *= extent;
        if (count != data.Length || shape.Any(extent => extent < 0))
            throw Errors.ShapeMismatch($"A tensor of {data.Length} values", shape, $"extents whose product is {data.Length}");
        Data = data;
        Shape = shape;
        // PowerShell hands its $null over as an empty text.
        Layout = string.IsNullOrEmpty(layout) ? DefaultLayout(shape.Length) : layout;
        if (Layout.Length != shape.Length)
            throw Errors.ShapeMismatch($"A tensor of layout {Layout}", shape, $"{Layout.Length} extents");
    }

    /// <summary>The extents, outermost first.</summary>
    public int[] Shape { get; }

    /// <summary>A letter for each extent: N images, C channels, H rows, W columns.</summary>
    public string Layout { get; }

    /// <summary>The values in row-major order, <see cref="Shape"/>'s product of them. Not a copy; ConvertTo-Json leaves them out.</summary>
    [JsonIgnore]
    public float[] Data { get; }

    /// <summary>The number of values.</summary>
    public int Count => Data.Length;

    /// <summary>The smallest value; NaN where any value is NaN or there is none.</summary>
    public float Minimum => Data.Length == 0 ? float.NaN : Data.Min();

    /// <summary>The largest value; NaN where any value is NaN or there is none.</summary>
    public float Maximum => Data.Length == 0 ? float.NaN : Data.Max();

    /// <summary>SHA-256 of the values, lower-case hex: what tells pictures apart in recipes and checkpoints.</summary>
    internal string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(Data.AsSpan())));

    /// <summary>One slice along the outermost dimension, copied: a channel of CHW as HW, an image of NCHW as CHW.</summary>
    /// <exception cref="CnnVizException"><c>IndexOutOfRange</c>: there is no such slice; <c>ShapeMismatch</c>: the tensor is a single number.</exception>
    public CnnTensor Slice(int index)
    {
        if (Shape.Length == 0)
            throw Errors.ShapeMismatch("A tensor to slice", Shape, "at least one dimension");
        if ((uint)index >= (uint)Shape[0])
            throw Errors.IndexOutOfRange($"The slice along {Layout[0]}", index, Shape[0]);
        var length = Data.Length / Shape[0];
        return new CnnTensor(Data.AsSpan(index * length, length).ToArray(), Shape[1..], Layout[1..]);
    }

    private static string DefaultLayout(int rank) => rank switch
    {
        0 => "",
        1 => "W",
        2 => "HW",
        3 => "CHW",
        4 => "NCHW",
        _ => new string('D', rank),
    };
}
