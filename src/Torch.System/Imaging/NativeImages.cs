using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace CnnViz.Backend;

/// <summary>The functions of libcnnviz_images.</summary>
internal static unsafe partial class NativeImages
{
    /// <summary>A decoded picture; <see cref="Samples"/> goes back to <see cref="Free"/>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Picture
    {
        public int Width;
        public int Height;
        public int ChannelCount;
        public int BitDepth;
        public void* Samples;
        public ulong Length;
    }

    /// <summary>What the functions return.</summary>
    public enum Result
    {
        Done,
        Unreadable,
        TooLarge,
        NotWritten,
    }

    [LibraryImport(NativeLoader.ImageLibrary, EntryPoint = "cnnviz_vips_version")]
    public static partial byte* Version();

    [LibraryImport(NativeLoader.ImageLibrary, EntryPoint = "cnnviz_image_free")]
    public static partial void Free(void* memory);

    [LibraryImport(NativeLoader.ImageLibrary, EntryPoint = "cnnviz_image_decode", StringMarshalling = StringMarshalling.Utf8)]
    public static partial Result Decode(byte* data, nuint length, string format, long maximumPixels, out Picture picture, out byte* error);

    [LibraryImport(NativeLoader.ImageLibrary, EntryPoint = "cnnviz_image_encode", StringMarshalling = StringMarshalling.Utf8)]
    public static partial Result Encode(
        byte* samples, int width, int height, int channels, int frames, int* delays, string format, int quality,
        out byte* bytes, out ulong length, out byte* error);
}
