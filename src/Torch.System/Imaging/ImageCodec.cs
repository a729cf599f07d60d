using System.Runtime.InteropServices;

namespace CnnViz.Backend;

/// <summary>Reads and writes picture files through the libvips on the machine. Every member may be called from any thread.</summary>
public static unsafe class ImageCodec
{
    /// <summary>The library and its version, such as <c>libvips 8.14.1</c>.</summary>
    /// <exception cref="BackendException"><see cref="BackendFailure.RuntimeMissing"/>: libvips is not installed.</exception>
    public static string Version => $"libvips {Marshal.PtrToStringUTF8((nint)NativeImages.Version())}";

    /// <summary>
    /// Decodes the first frame of a PNG, JPEG, WebP, GIF, TIFF or BMP: upright, RGB or grey, palettes expanded, 16 bits kept,
    /// with its text metadata. The colour profile of an RGB picture is not applied; CMYK goes through its own.
    /// </summary>
    /// <param name="data">The whole file.</param>
    /// <param name="maximumPixels">The most pixels (width × height) to accept; checked from the header before anything is decoded.</param>
    /// <exception cref="BackendException">The bytes are no picture, are damaged or cut short, or hold too many pixels; or libvips is missing.</exception>
    public static RawImage Decode(ReadOnlySpan<byte> data, long maximumPixels)
    {
        var format = ImageSignature.Recognise(data);
        ImageSignature.CheckWhole(data, format);
        fixed (byte* start = data)
        {
            var result = NativeImages.Decode(start, (nuint)data.Length, format, maximumPixels, out var picture, out var error);
            if (result == NativeImages.Result.TooLarge)
                throw new BackendException(BackendFailure.ImageTooLarge, $"{picture.Width:N0} × {picture.Height:N0} pixels");
            Check(result, BackendFailure.ImageDamaged, error);
            var samples = Take(picture.Samples, picture.Length);
            return new RawImage(picture.Width, picture.Height, picture.ChannelCount, picture.BitDepth, samples, ImageText.Read(data, format));
        }
    }

    /// <summary>Encodes a picture, or for GIF an animation that repeats for ever, with the first frame's text metadata.</summary>
    /// <param name="frames">Pictures of one size, 8 bits a sample, grey or RGB; more than one only for GIF.</param>
    /// <param name="format">The file format.</param>
    /// <param name="quality">1 to 100 for JPEG and WebP, of which 100 is lossless for WebP; PNG and GIF do not use it.</param>
    /// <param name="delays">How long each frame of an animation stands, in milliseconds, in steps of 10.</param>
    /// <exception cref="BackendException"><see cref="BackendFailure.EncodeFailed"/>: it could not be written; or libvips is missing.</exception>
    public static byte[] Encode(IReadOnlyList<RawImage> frames, ImageFormat format, int quality, IReadOnlyList<int> delays)
    {
        var first = frames[0];
        var stacked = new byte[checked(first.Samples.Length * frames.Count)];
        for (var index = 0; index < frames.Count; index++)
            frames[index].Samples.CopyTo(stacked, index * first.Samples.Length);
        int[] milliseconds = [.. delays];
        fixed (byte* samples = stacked)
        fixed (int* times = milliseconds)
        {
            var result = NativeImages.Encode(
                samples, first.Width, first.Height, first.ChannelCount, frames.Count, times, format.ToString().ToLowerInvariant(), quality,
                out var bytes, out var length, out var error);
            Check(result, BackendFailure.EncodeFailed, error);
            return ImageText.Insert(Take(bytes, length), format, first.Text);
        }
    }

    private static void Check(NativeImages.Result result, BackendFailure failure, byte* error)
    {
        if (result == NativeImages.Result.Done)
            return;
        var message = Marshal.PtrToStringUTF8((nint)error)?.Trim().TrimEnd('.').ReplaceLineEndings("; ");
        NativeImages.Free(error);
        throw new BackendException(failure, string.IsNullOrEmpty(message) ? "libvips does not say why." : message + ".");
    }

    private static byte[] Take(void* memory, ulong length)
    {
        try
        {
            return new ReadOnlySpan<byte>(memory, checked((int)length)).ToArray();
        }
        finally
        {
            NativeImages.Free(memory);
        }
    }
}
