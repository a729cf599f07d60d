using CnnViz.Imaging;

namespace CnnViz;

/// <summary>
/// A picture: a CHW tensor of 1 (grey) or 3 (RGB) channels with values in [0,1], with where it came from and what is known of it.
/// </summary>
public sealed class CnnImage : CnnTensor
{
    /// <summary>Wraps the data; the array is not copied.</summary>
    /// <param name="data">channels × height × width values in [0,1].</param>
    /// <param name="channels">1 (grey) or 3 (RGB).</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: the data has another length, or the channels are neither 1 nor 3.</exception>
    public CnnImage(float[] data, int channels, int height, int width)
        : base(data, [channels, height, width], "CHW")
    {
        if (channels is not (1 or 3))
            throw Errors.ShapeMismatch("A picture", Shape, "1 (grey) or 3 (RGB) channels");
    }

    /// <summary>1 for grey, 3 for RGB.</summary>
    public int ChannelCount => Shape[0];

    /// <summary>Rows.</summary>
    public int Height => Shape[1];

    /// <summary>Columns.</summary>
    public int Width => Shape[2];

    /// <summary>The path or address that it was read from, or a short name for one that was made; null where unknown.</summary>
    public string? Source { get; init; }

    /// <summary>The name of its class, or a caption; null where unknown.</summary>
    public string? Label { get; init; }

    /// <summary>The index of its class in its dataset; null where unknown.</summary>
    public int? Class { get; init; }

    /// <summary>
    /// True for a picture that a synthesis or an attack made: it is the network's picture already, and is only normalised,
    /// never resized or cropped. Kept in the PNG's metadata and honoured on import.
    /// </summary>
    public bool IsNetworkInput { get; init; }

    /// <summary>How it was made; null for a picture that was only read.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>Other pixels of the same thing: its source, label and class go along; what holds for these very pixels alone does not.</summary>
    /// <param name="data">channels × height × width values in [0,1]; not copied.</param>
    /// <param name="channels">1 (grey) or 3 (RGB).</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public CnnImage With(float[] data, int channels, int height, int width) =>
        new(data, channels, height, width) { Source = Source, Label = Label, Class = Class };

    /// <summary>The preprocessing by which it was resized and cropped, so that it is not done twice; null for any other picture.</summary>
    internal Preprocessing? PreparedFor { get; init; }

    /// <summary>These very pixels, marked as resized and cropped.</summary>
    internal CnnImage AsPrepared(Preprocessing preprocessing) =>
        new(Data, ChannelCount, Height, Width) { Source = Source, Label = Label, Class = Class, PreparedFor = preprocessing };

    /// <summary>True where the values are a network's input as it stands, normalised already.</summary>
    internal bool IsNormalized { get; init; }

    /// <summary>These very values, marked as normalised already.</summary>
    internal CnnImage AsNormalized() =>
        new(Data, ChannelCount, Height, Width) { Source = Source, Label = Label, Class = Class, IsNormalized = true };

    /// <summary>The colour of the pixel at row × width + column; grey has three equal channels.</summary>
    internal Rgb ColorAt(int index)
    {
        var plane = Height * Width;
        return ChannelCount == 1
            ? new Rgb(Data[index], Data[index], Data[index])
            : new Rgb(Data[index], Data[index + plane], Data[index + (2 * plane)]);
    }
}
