using System.Buffers.Binary;
using System.IO.Compression;

namespace CnnViz.Data;

/// <summary>
/// Reads the IDX format of MNIST (plain or gzip, told by the first bytes): big-endian, two zero bytes, the type of the values, the number
/// of dimensions, each extent, the values. Every number in the header is checked against the file before memory is taken for it.
/// </summary>
internal static class IdxFile
{
    /// <summary>More than any published IDX file; EMNIST's largest has half of it.</summary>
    private const int MaximumBytes = 1 << 30;

    /// <summary>No deflate stream expands by more than this factor.</summary>
    private const long MaximumExpansion = 1032;

    private const byte UnsignedByte = 0x08;

    /// <summary>Reads pictures (magic 0x00000803): the extents are their number, rows and columns.</summary>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>, <c>FileUnreadable</c>, <c>DatasetInvalid</c>,
    /// <c>DatasetTooLarge</c>.</exception>
    public static (byte[] Pixels, int Count, int Height, int Width) ReadImages(string path)
    {
        var (values, extents) = Read(path, dimensions: 3, "images");
        return (values, extents[0], extents[1], extents[2]);
    }

    /// <summary>Reads labels (magic 0x00000801), one byte each.</summary>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>, <c>FileUnreadable</c>, <c>DatasetInvalid</c>,
    /// <c>DatasetTooLarge</c>.</exception>
    public static byte[] ReadLabels(string path) => Read(path, dimensions: 1, "labels").Values;

    private static (byte[] Values, int[] Extents) Read(string path, int dimensions, string content)
    {
        try
        {
            using var file = File.OpenRead(path);
            var isCompressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            using Stream stream = isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file;
            var extents = ReadHeader(stream, path, dimensions, content);
            var size = CheckedSize(extents, path);
            CheckLength(file.Length, size, 4 + (4 * dimensions), isCompressed, path);
            return (ReadValues(stream, size, path), extents);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Errors.FileNotFound(path);
        }
        catch (InvalidDataException failure)
        {
            throw Errors.DatasetInvalid(path, "Its gzip data is damaged or breaks off. Download it again.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileUnreadable(path, failure);
        }
    }

    private static int[] ReadHeader(Stream stream, string path, int dimensions, string content)
    {
        var header = new byte[4 + (4 * dimensions)];
        var length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (length < 4)
            throw Errors.DatasetInvalid(path, $"It has {length} bytes, too few for an IDX file.");
        var (type, found) = (header[2], header[3]);
        if (header[0] != 0 || header[1] != 0)
        {
            var start = Convert.ToHexString(header, 0, 4);
            throw Errors.DatasetInvalid(path, $"It starts with the bytes {start}; an IDX file of {content} starts with {Magic(dimensions)}.");
        }
        if (type != UnsignedByte)
            throw Errors.DatasetInvalid(path, $"Its values are of type 0x{type:X2}; only unsigned bytes (0x{UnsignedByte:X2}) are read.");
        if (found != dimensions)
        {
            var hint = (found, dimensions) is (1, 3) or (3, 1) ? " Are the files of images and labels interchanged?" : "";
            throw Errors.DatasetInvalid(path, $"Its magic is {Magic(found)}; {content} have {Magic(dimensions)}.{hint}");
        }
        if (length < header.Length)
            throw Errors.DatasetInvalid(path, $"It breaks off in its header of {header.Length} bytes, after {length}. Download it again.");

        var extents = new int[dimensions];
        for (var i = 0; i < dimensions; i++)
            extents[i] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + (4 * i)));
        return extents;
    }

    private static int CheckedSize(int[] extents, string path)
    {
        Int128 size = 1;
        foreach (var extent in extents)
        {
            if (extent < 1)
                throw Errors.DatasetInvalid(path, $"Its header says {string.Join(" × ", extents)}; each must be at least 1.");
            size *= extent;
        }
        return size <= MaximumBytes
            ? (int)size
            : throw Errors.DatasetTooLarge(path, $"{string.Join(" × ", extents)} values according to its header", MaximumBytes);
    }

    private static void CheckLength(long fileLength, int size, int headerLength, bool isCompressed, string path)
    {
        var expected = (long)headerLength + size;
        if (isCompressed && expected > fileLength * MaximumExpansion)
            throw Errors.DatasetInvalid(path, $"Its header promises {expected:N0} bytes; {fileLength:N0} compressed bytes cannot hold them.");
        if (!isCompressed && fileLength < expected)
            throw Errors.DatasetInvalid(path, $"It breaks off after {fileLength:N0} of {expected:N0} bytes.");
        if (!isCompressed && fileLength > expected)
            throw Errors.DatasetInvalid(path, $"It has {fileLength - expected:N0} bytes more than its header promises.");
    }

    private static byte[] ReadValues(Stream stream, int size, string path)
    {
        var values = new byte[size];
        var length = stream.ReadAtLeast(values, size, throwOnEndOfStream: false);
        if (length < size)
            throw Errors.DatasetInvalid(path, $"It breaks off after {length:N0} of {size:N0} values. Download it again.");
        return stream.ReadByte() < 0
            ? values
            : throw Errors.DatasetInvalid(path, $"It goes on after the {size:N0} values that its header promises.");
    }

    private static string Magic(int dimensions) => $"0000{UnsignedByte:X2}{dimensions:X2}";
}
