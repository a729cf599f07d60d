using System.Buffers.Binary;
using System.Text.Json;
using CnnViz.Files;
using static TorchSharp.torch;

namespace CnnViz.Networks.Weights;

/// <summary>
/// Named tensors with text metadata in the safetensors format: 8 bytes of header length, a JSON header, the raw values.
/// Reading trusts nothing: lengths, offsets and shapes are checked against the file before memory is taken.
/// </summary>
public static class SafetensorsFile
{
    private const int LengthBytes = 8;
    private const long MaximumHeaderBytes = 100_000_000;
    private const string MetadataKey = "__metadata__";

    private static readonly Dictionary<string, ScalarType> Types = new(StringComparer.Ordinal)
    {
        ["F64"] = ScalarType.Float64,
        ["F32"] = ScalarType.Float32,
        ["F16"] = ScalarType.Float16,
        ["BF16"] = ScalarType.BFloat16,
        ["I64"] = ScalarType.Int64,
        ["I32"] = ScalarType.Int32,
        ["I16"] = ScalarType.Int16,
        ["I8"] = ScalarType.Int8,
        ["U8"] = ScalarType.Byte,
        ["BOOL"] = ScalarType.Bool,
    };

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The target.</param>
    /// <param name="tensors">The tensors in the order in which they are to lie.</param>
    /// <param name="metadata">Text by key.</param>
    /// <param name="force">Replaces a file that is there already.</param>
    /// <exception cref="CnnVizException"><c>OutputExists</c>, <c>OutputUnwritable</c>.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata, bool force = false)
    {
        using var scope = NewDisposeScope();
        var contents = tensors.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.detach().cpu().contiguous())).ToList();
        OutputFile.Write(path, force, stream =>
        {
            var header = Header(contents, metadata);
            Span<byte> length = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in contents)
                stream.Write(tensor.bytes);
        });
    }

    /// <summary>Reads a file; the tensors belong to the caller.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>, <c>ModelFileInvalid</c>: it is cut short, or its header does not hold together.</exception>
    public static SafetensorsContent Read(string path)
    {
        if (!File.Exists(path))
            throw Errors.FileNotFound(path);
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileUnreadable(path, failure);
        }
    }

    /// <summary>Reads from a stream that knows its length; the tensors belong to the caller.</summary>
    /// <param name="stream">The content from its first byte.</param>
    /// <param name="name">What to call it in errors.</param>
    public static SafetensorsContent Read(Stream stream, string name)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            Span<byte> length = stackalloc byte[LengthBytes];
            if (stream.Length < LengthBytes)
                throw Errors.ModelFileInvalid(name, $"it has {stream.Length} bytes, and the header's length alone takes {LengthBytes}.");
            stream.ReadExactly(length);
            var headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
            var dataLength = stream.Length - LengthBytes - headerLength;
            if (headerLength is < 2 or > MaximumHeaderBytes || dataLength < 0)
                throw Errors.ModelFileInvalid(name, $"its header claims {headerLength} bytes in a file of {stream.Length}.");
            var bytes = new byte[headerLength];
            stream.ReadExactly(bytes);
            using var header = JsonDocument.Parse(bytes);
            var metadata = Metadata(header.RootElement, name);
            var end = 0L;
            foreach (var entry in Entries(header.RootElement, name).OrderBy(entry => entry.Start))
            {
                if (entry.Start != end)
                    throw Errors.ModelFileInvalid(name, $"tensor '{entry.Name}' starts at {entry.Start}; expected {end}, right behind the one before.");
                end = entry.End;
                if (end > dataLength)
                    throw Errors.ModelFileInvalid(name, $"tensor '{entry.Name}' ends at {end}, but there are {dataLength} bytes of values: the file is cut short.");
                tensors[entry.Name] = ReadTensor(stream, entry);
            }
            return new SafetensorsContent(tensors, metadata);
        }
        catch (Exception failure)
        {
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
            if (failure is JsonException or EndOfStreamException or InvalidOperationException or FormatException or OverflowException)
                throw Errors.ModelFileInvalid(name, $"its header is damaged: {failure.Message}", failure);
            throw;
        }
    }

    private static byte[] Header(List<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteString(key, text);
            json.WriteEndObject();
            var start = 0L;
            foreach (var (name, tensor) in tensors)
            {
                var end = start + tensor.NumberOfElements * tensor.ElementSize;
                json.WriteStartObject(name);
                json.WriteString("dtype", Types.First(pair => pair.Value == tensor.dtype).Key);
                json.WriteStartArray("shape");
                foreach (var extent in tensor.shape)
                    json.WriteNumberValue(extent);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(start);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                start = end;
            }
            json.WriteEndObject();
        }
        // Blanks up to a multiple of 8, so that the values lie aligned.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static Dictionary<string, string> Metadata(JsonElement header, string name)
    {
        if (header.ValueKind != JsonValueKind.Object)
            throw Errors.ModelFileInvalid(name, "its header is no JSON object.");
        return header.TryGetProperty(MetadataKey, out var metadata)
            ? metadata.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "", StringComparer.Ordinal)
            : [];
    }

    private static IEnumerable<Entry> Entries(JsonElement header, string name)
    {
        foreach (var property in header.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
                continue;
            var value = property.Value;
            if (!value.TryGetProperty("dtype", out var typeName) || !Types.TryGetValue(typeName.GetString() ?? "", out var type)
                || !value.TryGetProperty("shape", out var shapeArray) || !value.TryGetProperty("data_offsets", out var offsets) || offsets.GetArrayLength() != 2)
                throw Errors.ModelFileInvalid(name, $"tensor '{property.Name}' lacks a known dtype, a shape or two data_offsets.");
            var shape = shapeArray.EnumerateArray().Select(extent => extent.GetInt64()).ToArray();
            var count = shape.Aggregate(1L, (product, extent) => checked(product * (extent >= 0 ? extent : throw new FormatException("negative extent"))));
            var entry = new Entry(property.Name, type, shape, offsets[0].GetInt64(), offsets[1].GetInt64());
            if (entry.Start < 0 || entry.End - entry.Start != checked(count * ElementSize(type)))
                throw Errors.ModelFileInvalid(
                    name, $"tensor '{property.Name}' of shape [{string.Join(", ", shape)}] has data_offsets {entry.Start} to {entry.End}, which do not hold it.");
            yield return entry;
        }
    }

    private static long ElementSize(ScalarType type) => type switch
    {
        ScalarType.Float64 or ScalarType.Int64 => 8,
        ScalarType.Float32 or ScalarType.Int32 => 4,
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Int16 => 2,
        _ => 1,
    };

    private static Tensor ReadTensor(Stream stream, Entry entry)
    {
        var tensor = empty(entry.Shape, entry.Type).DetachFromDisposeScope();
        try
        {
            stream.ReadExactly(tensor.bytes);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    private sealed record Entry(string Name, ScalarType Type, long[] Shape, long Start, long End);
}
