using System.Buffers.Binary;
using System.Text.Json;
using CnnViz.Files;
using static TorchSharp.torch;

namespace CnnViz.Networks.Weights;

/// <summary>
/// Named tensors with text metadata in the safetensors format: 8 bytes of header length, a JSON header, the raw values.
/// Reading (<see cref="WeightFile"/>) trusts nothing: lengths, offsets and shapes are checked against the file before memory is taken.
/// </summary>
public static class SafetensorsFile
{
    private const int LengthBytes = 8;
    // A header of 40,000 tensors; parsing takes many times its bytes.
    private const long MaximumHeaderBytes = 4 << 20;
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
    /// <exception cref="CnnVizException"><c>OutputExists</c>, <c>OutputUnwritable</c>: a header that would not be read again, among others.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata, bool force = false)
    {
        using var scope = NewDisposeScope();
        var contents = tensors.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.detach().cpu().contiguous())).ToList();
        var header = Header(contents, metadata);
        if (header.Length > MaximumHeaderBytes)
            throw Errors.OutputUnwritable(path, FormattableString.Invariant($"its header would have {header.Length:N0} bytes, and at most {MaximumHeaderBytes:N0} are read again: write fewer tensors, or less metadata, into one file."));
        OutputFile.Write(path, force, stream =>
        {
            Span<byte> length = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in contents)
                stream.Write(tensor.bytes);
        });
    }

    /// <summary>True where a file begins as this format does: a length, then a JSON object.</summary>
    internal static bool Recognises(ReadOnlySpan<byte> start) => start.Length > LengthBytes && start[LengthBytes] == '{';

    /// <summary>Reads the header: entries and metadata.</summary>
    internal static WeightIndex ReadIndex(Stream stream, string name)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        stream.ReadExactly(length);
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerLength is < 2 or > MaximumHeaderBytes || headerLength > stream.Length - LengthBytes)
            throw Errors.ModelFileInvalid(name, $"its header claims {headerLength} bytes in a file of {stream.Length}; at most {MaximumHeaderBytes} are read.");
        var bytes = new byte[headerLength];
        stream.ReadExactly(bytes);
        try
        {
            using var header = JsonDocument.Parse(bytes);
            return new WeightIndex(Entries(header.RootElement, stream.Position, stream.Length, name), Metadata(header.RootElement));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw Errors.ModelFileInvalid(name, $"its header is damaged: {failure.Message}", failure);
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

    private static Dictionary<string, string> Metadata(JsonElement header) => header.TryGetProperty(MetadataKey, out var metadata)
        ? metadata.EnumerateObject().DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "", StringComparer.Ordinal)
        : [];

    /// <summary>The entries in the order in which they lie; they must cover the values without gaps and without overlapping.</summary>
    private static List<WeightEntry> Entries(JsonElement header, long start, long fileLength, string name)
    {
        var entries = new List<WeightEntry>();
        var end = start;
        var found = header.EnumerateObject().Where(property => !property.NameEquals(MetadataKey)).Select(property => Entry(property, start, name));
        foreach (var entry in found.OrderBy(entry => entry.Position).ThenBy(entry => entry.Count))
        {
            if (entry.Position != end)
                throw Errors.ModelFileInvalid(name, $"tensor '{entry.Name}' starts at {entry.Position - start}; expected {end - start}, right behind the one before.");
            end = checked(end + entry.Count * WeightEntry.Size(entry.Type));
            entries.Add(entry);
        }
        if (end > fileLength)
            throw Errors.ModelFileInvalid(name, $"tensor '{entries[^1].Name}' ends at {end - start}, but there are {fileLength - start} bytes of values: the file is cut short.");
        if (end < fileLength)
            throw Errors.ModelFileInvalid(name, $"{fileLength - end} bytes follow its last tensor, and no entry tells what they are.");
        return entries;
    }

    private static WeightEntry Entry(JsonProperty property, long start, string name)
    {
        var value = property.Value;
        if (!value.TryGetProperty("dtype", out var typeName) || !Types.TryGetValue(typeName.GetString() ?? "", out var type)
            || !value.TryGetProperty("shape", out var extents) || extents.GetArrayLength() > WeightEntry.MaximumRank
            || !value.TryGetProperty("data_offsets", out var offsets) || offsets.GetArrayLength() != 2)
            throw Errors.ModelFileInvalid(name, $"tensor '{property.Name}' lacks a known dtype, a shape of at most {WeightEntry.MaximumRank} dimensions or two data_offsets.");
        long[] shape = [.. extents.EnumerateArray().Select(extent => extent.GetInt64())];
        if (shape.Any(extent => extent < 0))
            throw Errors.ModelFileInvalid(name, $"tensor '{property.Name}' has the shape [{string.Join(", ", shape)}].");
        var (first, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        var entry = new WeightEntry(property.Name, type, shape) { Position = checked(start + first) };
        if (first < 0 || end - first != checked(entry.Count * WeightEntry.Size(type)))
            throw Errors.ModelFileInvalid(name, $"tensor '{property.Name}' of {entry.Description} has data_offsets {first} to {end}, which do not hold it.");
        return entry;
    }
}
