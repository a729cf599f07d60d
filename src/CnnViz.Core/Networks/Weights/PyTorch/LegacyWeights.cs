using System.Buffers.Binary;
using System.Numerics;
using static TorchSharp.torch;

namespace CnnViz.Networks.Weights.PyTorch;

/// <summary>
/// PyTorch's format up to version 1.5, one thing after another: pickles of a magic number, a protocol, facts about the machine, the object
/// and the keys of its storages; then, key by key, the length and the values of each storage.
/// </summary>
internal static class LegacyWeights
{
    private const byte ProtocolStep = 0x80;
    private const long Protocol = 1001;
    private static readonly BigInteger Magic = BigInteger.Parse("01950a86a20f9469cfc6c", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>True where a file begins with a pickle of protocol 2 to 5.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start is [ProtocolStep, >= 2 and <= 5, ..];

    /// <summary>Reads the entries.</summary>
    /// <exception cref="CnnVizException"><c>ModelFileInvalid</c>; <c>WeightFileUnsafe</c>: it asks for code to be run.</exception>
    public static IReadOnlyList<WeightEntry> ReadEntries(Stream stream, string name)
    {
        var storages = new Dictionary<string, TorchStorage>(StringComparer.Ordinal);
        if (Load() is not BigInteger magic || magic != Magic)
            throw Errors.ModelFileInvalid(name, "it is a pickle that torch.save did not write. In Python: torch.save(model.state_dict(), …).");
        if (Load() is not Protocol)
            throw Errors.ModelFileInvalid(name, $"its protocol is not {Protocol}, the only one that PyTorch ever wrote.");
        if (Load() is PickleDictionary machine && machine.Items.GetValueOrDefault("little_endian") is false)
            throw Errors.ModelFileInvalid(name, "its values are in big-endian order. Load and save it again on an ordinary machine.");
        var root = Load();
        if (Load() is not List<object?> keys)
            throw Errors.ModelFileInvalid(name, "the list of its storages is missing.");
        foreach (var key in keys)
            Place(key as string ?? "");
        return StateDict.Entries(root, name);

        object? Load() => new Unpickler(stream, name, Storage).Load();

        TorchStorage Storage(object?[] description)
        {
            if (description is not ["storage", ScalarType type, string key, _, long count, null] || count < 0)
                throw new FormatException("a storage without type, key and length");
            if (!storages.TryGetValue(key, out var storage))
                storages[key] = storage = new TorchStorage(key, type, count);
            return storage.Type == type && storage.Count == count ? storage : throw new FormatException($"storage {key} with two types or lengths");
        }

        void Place(string key)
        {
            Span<byte> length = stackalloc byte[sizeof(long)];
            if (stream.Length - stream.Position < length.Length)
                throw Errors.ModelFileInvalid(name, $"it ends before storage '{key}': the file is cut short.");
            stream.ReadExactly(length);
            var count = BinaryPrimitives.ReadInt64LittleEndian(length);
            if (!storages.TryGetValue(key, out var storage) || storage.Count != count || storage.Position is not null)
                throw Errors.ModelFileInvalid(name, $"its storage '{key}' has {count} values; expected {(storage is null ? "no such storage" : storage.Count)}.");
            if (stream.Length - stream.Position < storage.Bytes)
                throw Errors.ModelFileInvalid(name, $"it ends within storage '{key}': the file is cut short.");
            storage.Position = stream.Position;
            stream.Position += storage.Bytes;
        }
    }
}
