using System.Buffers.Binary;
using System.Text;

namespace CnnViz.Networks.Weights.PyTorch;

/// <summary>
/// Where the files of a zip archive lie. The runtime's ZipArchive only gives streams that cannot seek; here a stored file is a piece of the
/// archive that can be read from any place, as a storage that many tensors share needs it. Nothing is unpacked, so nothing can swell.
/// </summary>
internal sealed class ZipDirectory
{
    private const uint LocalSignature = 0x04034b50;
    private const uint EntrySignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const uint End64Signature = 0x06064b50;
    private const uint Locator64Signature = 0x07064b50;
    private const int LocalBytes = 30;
    private const int EntryBytes = 46;
    private const int EndBytes = 22;
    private const int End64Bytes = 56;
    private const int Locator64Bytes = 20;
    private const int MaximumComment = ushort.MaxValue;
    // Over 100,000 files.
    private const long MaximumBytes = 16 << 20;

    private readonly Dictionary<string, ZipFile> _files = new(StringComparer.Ordinal);
    private readonly Stream _stream;
    private readonly string _name;

    private ZipDirectory(Stream stream, string name) => (_stream, _name) = (stream, name);

    /// <summary>The names of the files.</summary>
    public IEnumerable<string> Names => _files.Keys;

    /// <summary>True where a file begins as an archive does.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(start) == LocalSignature;

    /// <summary>Reads the directory at the archive's end.</summary>
    /// <exception cref="CnnVizException"><c>ModelFileInvalid</c>.</exception>
    public static ZipDirectory Read(Stream stream, string name)
    {
        var directory = new ZipDirectory(stream, name);
        var (start, length) = directory.Locate();
        if (start < 0 || length is < 0 or > MaximumBytes || start > stream.Length - length)
            throw Errors.ModelFileInvalid(name, $"its zip directory claims {length} bytes from {start} on in a file of {stream.Length}; at most {MaximumBytes} are read.");
        directory.ReadEntries(directory.Bytes(start, (int)length), start);
        directory.CheckOverlap();
        return directory;
    }

    /// <summary>The place of a file.</summary>
    /// <exception cref="CnnVizException"><c>ModelFileInvalid</c>: there is none of that name, or it is packed.</exception>
    public ZipFile Find(string file)
    {
        if (!_files.TryGetValue(file, out var found))
            throw Errors.ModelFileInvalid(_name, $"its archive has no file '{file}'.");
        return found.IsStored
            ? found
            : throw Errors.ModelFileInvalid(_name, $"its file '{file}' is compressed or encrypted, and torch.save stores files as they are. Load and save it again with PyTorch.");
    }

    private (long Start, long Length) Locate()
    {
        var tailStart = Math.Max(0, _stream.Length - EndBytes - MaximumComment);
        var tail = Bytes(tailStart, (int)(_stream.Length - tailStart));
        var end = tail.Length - EndBytes;
        while (end >= 0 && !(U32(tail, end) == EndSignature && end + EndBytes + U16(tail, end + 20) == tail.Length))
            end--;
        if (end < 0)
            throw Errors.ModelFileInvalid(_name, "its zip directory is missing: the file is cut short.");
        if (end < Locator64Bytes || U32(tail, end - Locator64Bytes) != Locator64Signature)
            return (U32(tail, end + 16), U32(tail, end + 12));
        var end64 = Bytes(I64(tail, end - Locator64Bytes + 8), End64Bytes);
        return U32(end64, 0) == End64Signature
            ? (I64(end64, 48), I64(end64, 40))
            : throw Errors.ModelFileInvalid(_name, "its zip directory is damaged.");
    }

    private void ReadEntries(byte[] directory, long directoryStart)
    {
        for (var at = 0; at < directory.Length;)
        {
            if (directory.Length - at < EntryBytes || U32(directory, at) != EntrySignature)
                throw Errors.ModelFileInvalid(_name, "its zip directory is damaged.");
            var (nameLength, extraLength, commentLength) = (U16(directory, at + 28), U16(directory, at + 30), U16(directory, at + 32));
            var next = at + EntryBytes + nameLength + extraLength + commentLength;
            if (next > directory.Length)
                throw Errors.ModelFileInvalid(_name, "its zip directory is damaged.");
            var file = Encoding.UTF8.GetString(directory, at + EntryBytes, nameLength);
            var sizes = Sizes(directory.AsSpan(at, EntryBytes), directory.AsSpan(at + EntryBytes + nameLength, extraLength));
            var isStored = U16(directory, at + 10) == 0 && (U16(directory, at + 8) & 1) == 0 && sizes.Packed == sizes.Length;
            var header = Bytes(sizes.Header, LocalBytes);
            var start = sizes.Header + LocalBytes + U16(header, 26) + U16(header, 28);
            if (U32(header, 0) != LocalSignature || sizes.Packed < 0 || sizes.Packed > directoryStart - start)
                throw Errors.ModelFileInvalid(_name, $"its file '{file}' does not lie where the zip directory says.");
            if (!_files.TryAdd(file, new ZipFile(start, sizes.Packed, isStored)))
                throw Errors.ModelFileInvalid(_name, $"its archive has two files of the name '{file}'.");
            at = next;
        }
    }

    /// <summary>The sizes and the place of an entry; those that do not fit into 32 bits stand in the extra field 1, in this order.</summary>
    private (long Length, long Packed, long Header) Sizes(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        long[] values = [U32(entry, 24), U32(entry, 20), U32(entry, 42)];
        if (!values.Contains(uint.MaxValue))
            return (values[0], values[1], values[2]);
        while (extra.Length >= 4 && U16(extra, 0) != 1)
            extra = extra[Math.Min(extra.Length, 4 + U16(extra, 2))..];
        extra = extra.Length >= 4 ? extra[4..Math.Min(extra.Length, 4 + U16(extra, 2))] : [];
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] != uint.MaxValue)
                continue;
            if (extra.Length < 8)
                throw Errors.ModelFileInvalid(_name, "its zip directory is damaged.");
            values[i] = I64(extra, 0);
            extra = extra[8..];
        }
        return (values[0], values[1], values[2]);
    }

    private void CheckOverlap()
    {
        var end = 0L;
        foreach (var (file, place) in _files.OrderBy(pair => pair.Value.Start).ThenBy(pair => pair.Value.Length))
        {
            if (place.Start < end)
                throw Errors.ModelFileInvalid(_name, $"its file '{file}' overlaps another.");
            end = place.Start + place.Length;
        }
    }

    private byte[] Bytes(long start, int length)
    {
        if (start < 0 || start > _stream.Length - length)
            throw Errors.ModelFileInvalid(_name, "its zip directory is damaged.");
        var bytes = new byte[length];
        _stream.Position = start;
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
