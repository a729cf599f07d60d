using static TorchSharp.torch;

namespace CnnViz.Networks.Weights.PyTorch;

/// <summary>PyTorch's format since version 1.6: a zip archive with <c>data.pkl</c>, which describes the tensors, and a file <c>data/N</c> for each storage.</summary>
internal static class ZipWeights
{
    private const string PickleName = "data.pkl";
    private const long MaximumPickleBytes = 64 << 20;

    /// <summary>Reads the entries.</summary>
    /// <exception cref="CnnVizException"><c>ModelFileInvalid</c>; <c>WeightFileUnsafe</c>: it is a program, or asks for code to be run.</exception>
    public static IReadOnlyList<WeightEntry> ReadEntries(Stream stream, string name)
    {
        var archive = ZipDirectory.Read(stream, name);
        // Everything lies in one folder, whose name is the file's when it was written.
        var pickle = archive.Names.FirstOrDefault(file => file.Split('/') is [_, PickleName])
            ?? throw Errors.ModelFileInvalid(name, $"it is a zip archive without {PickleName}, so torch.save did not write it.");
        var root = pickle[..^PickleName.Length];
        if (archive.Names.Any(file => file.StartsWith($"{root}code/", StringComparison.Ordinal) || file == $"{root}constants.pkl" || file == $"{root}bytecode.pkl"))
            throw Errors.WeightFileIsProgram(name);
        if (archive.Names.Contains($"{root}byteorder") && Text(stream, archive.Find($"{root}byteorder")) != "little")
            throw Errors.ModelFileInvalid(name, "its values are in big-endian order. Load and save it again on an ordinary machine.");

        var storages = new Dictionary<string, TorchStorage>(StringComparer.Ordinal);
        using var content = new MemoryStream(Bytes(stream, archive.Find(pickle), name));
        return StateDict.Entries(new Unpickler(content, name, Storage).Load(), name);

        TorchStorage Storage(object?[] description)
        {
            if (description is not ["storage", ScalarType type, string key, _, long count] || count < 0)
                throw new FormatException("a storage without type, key and length");
            if (storages.TryGetValue(key, out var known))
                return known.Type == type && known.Count == count ? known : throw new FormatException($"storage {key} with two types or lengths");
            var file = archive.Find($"{root}data/{key}");
            var storage = new TorchStorage(key, type, count) { Position = file.Start };
            return storage.Bytes <= file.Length
                ? storages[key] = storage
                : throw new FormatException($"a storage of {storage.Bytes} bytes, and its file data/{key} has {file.Length}");
        }
    }

    private static string Text(Stream stream, ZipFile file) => file.Length <= 16 ? System.Text.Encoding.UTF8.GetString(Bytes(stream, file, "")) : "";

    private static byte[] Bytes(Stream stream, ZipFile file, string name)
    {
        if (file.Length > MaximumPickleBytes)
            throw Errors.ModelFileInvalid(name, $"its {PickleName} has {file.Length} bytes; at most {MaximumPickleBytes} are read.");
        var bytes = new byte[file.Length];
        stream.Position = file.Start;
        stream.ReadExactly(bytes);
        return bytes;
    }
}
