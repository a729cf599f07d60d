using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using CnnViz.Networks.Weights.PyTorch;
using static TorchSharp.torch;

namespace CnnViz.Networks.Weights;

/// <summary>
/// An open weight file: safetensors, or one of PyTorch's two formats, told apart by its first bytes. Opening reads the index alone and checks
/// every entry against the file, so that what does not fit takes no memory; values are then read entry by entry, straight into each tensor's own
/// memory. Nothing is mapped, and nothing in a file is ever executed.
/// </summary>
public sealed class WeightFile : IDisposable
{
    private const int SignatureBytes = 512;
    // A chunk stays in the second-level cache while it is looked through.
    private const long ChunkValues = 1 << 18;
    private const long SmallFile = 16 << 20;

    private static readonly ParallelOptions TwoThreads = new() { MaxDegreeOfParallelism = 2 };

    // What people hand over by mistake, by its first bytes.
    private static readonly (string Start, int Position, string Meaning)[] Foreign =
    [
        ("version https://git-lfs", 0, "a Git LFS pointer: fetch the file itself with git lfs pull"),
        ("<", 0, "a web page: the download gave something else than the file"),
        ("\u0089HDF", 0, "HDF5, as Keras writes it"),
        ("GGUF", 0, "GGUF, which holds language models"),
        ("\u0093NUMPY", 0, "a NumPy array"),
        ("\u001f\u008b", 0, "gzip: unpack it first"),
        ("\u0089PNG", 0, "a picture"),
        ("\u00ff\u00d8\u00ff", 0, "a picture"),
        ("ustar", 257, "a tar archive, as PyTorch wrote before version 0.2: load and save it again with a later one"),
    ];

    private readonly Stream _stream;
    private readonly string _name;

    private WeightFile(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
        var index = ReadIndex(stream, name);
        Metadata = index.Metadata;
        Entries = ByName(index.Entries);
    }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, WeightEntry> Entries { get; }

    /// <summary>Text by key; empty for PyTorch's files.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>, <c>FileUnreadable</c>; <c>ModelFileInvalid</c>: it is cut short or does not hold
    /// together; <c>WeightFileUnsafe</c>: it is a program, or asks for code to be run.</exception>
    public static WeightFile Open(string path)
    {
        if (!File.Exists(path))
            throw Errors.FileNotFound(path);
        try
        {
            return Open(File.OpenRead(path), path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileUnreadable(path, failure);
        }
    }

    /// <summary>Opens a stream that can seek; it is closed with the file.</summary>
    /// <param name="stream">The content from its first byte.</param>
    /// <param name="name">What to call it in errors.</param>
    public static WeightFile Open(Stream stream, string name)
    {
        try
        {
            return new WeightFile(stream, name);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads all of a file; the tensors belong to the caller.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CnnVizException">As <see cref="Open(string)"/>.</exception>
    public static WeightContent Read(string path)
    {
        using var file = Open(path);
        var content = new WeightContent(new(StringComparer.Ordinal), file.Metadata);
        try
        {
            foreach (var name in file.Entries.Keys)
                content.Tensors[name] = file.ReadTensor(name).DetachFromDisposeScope();
            return content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>Reads one tensor, of the type that it has in the file; it belongs to the caller.</summary>
    /// <param name="name">A name among <see cref="Entries"/>.</param>
    /// <exception cref="CnnVizException"><c>FileUnreadable</c>.</exception>
    public Tensor ReadTensor(string name) => ReadTensor(name, out _);

    /// <summary>Reads one tensor, and sees on the way, while its values are in the cache, whether all of them are finite.</summary>
    internal Tensor ReadTensor(string name, out bool isFinite)
    {
        var entry = Entries[name];
        long[] shape = [.. entry.Shape];
        if (entry.Strides is not { } strides)
            return ReadValues(entry, shape, out isFinite);
        using var scope = NewDisposeScope();
        return ReadValues(entry, [Span(shape, strides)], out isFinite).as_strided(shape, strides).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    /// <summary>The values from the first to the last of a tensor of these strides, those between included.</summary>
    internal static long Span(long[] shape, long[] strides) =>
        shape.Contains(0) ? 0 : shape.Zip(strides).Aggregate(1L, (span, axis) => checked(span + (axis.First - 1) * axis.Second));

    private static WeightIndex ReadIndex(Stream stream, string name)
    {
        var start = new byte[Math.Min(SignatureBytes, stream.Length)];
        stream.ReadExactly(start);
        stream.Position = 0;
        if (ZipDirectory.Recognises(start))
            return new WeightIndex(ZipWeights.ReadEntries(stream, name));
        if (SafetensorsFile.Recognises(start))
            return SafetensorsFile.ReadIndex(stream, name);
        if (LegacyWeights.Recognises(start))
            return new WeightIndex(LegacyWeights.ReadEntries(stream, name));
        var text = Encoding.Latin1.GetString(start);
        var foreign = Foreign.FirstOrDefault(format => text.Length > format.Position && text.AsSpan(format.Position).StartsWith(format.Start, StringComparison.Ordinal));
        var meaning = text.Length == 0 ? "empty" : foreign.Meaning ?? "of another format, or damaged in its first bytes";
        throw Errors.ModelFileInvalid(name, $"it is {meaning}. Expected safetensors, or a file that torch.save wrote.");
    }

    private Dictionary<string, WeightEntry> ByName(IReadOnlyList<WeightEntry> entries)
    {
        var byName = new Dictionary<string, WeightEntry>(StringComparer.Ordinal);
        var total = (Int128)0;
        foreach (var entry in entries)
        {
            if (!byName.TryAdd(entry.Name, entry))
                throw Errors.ModelFileInvalid(_name, $"it has two tensors of the name '{entry.Name}'.");
            total += (Int128)entry.Count * WeightEntry.Size(entry.Type);
        }
        // Names that share values, or strides that repeat them, may ask for more than the file holds, but not for many times as much.
        if (total > 2 * _stream.Length + SmallFile)
            throw Errors.ModelFileInvalid(_name, $"its tensors would take {total:N0} bytes of memory, and the file has {_stream.Length:N0}.");
        return byName;
    }

    private Tensor ReadValues(WeightEntry entry, long[] shape, out bool isFinite)
    {
        using var scope = NewDisposeScope();
        var tensor = empty(shape, entry.Type);
        var flat = tensor.view(-1);
        var notFinite = 0;
        try
        {
            // Most of the time goes into the first touch of fresh memory, which two threads share.
            Parallel.For(0, (flat.NumberOfElements + ChunkValues - 1) / ChunkValues, TwoThreads, index =>
            {
                using var ownScope = NewDisposeScope();
                var start = index * ChunkValues;
                var chunk = flat.narrow(0, start, Math.Min(ChunkValues, flat.NumberOfElements - start));
                ReadBytes(entry.Position + start * WeightEntry.Size(entry.Type), chunk.bytes);
                if (!IsFinite(chunk))
                    Interlocked.Increment(ref notFinite);
            });
        }
        catch (AggregateException failure) when (failure.InnerException is IOException cause)
        {
            throw Errors.FileUnreadable(_name, cause);
        }
        isFinite = notFinite == 0;
        return tensor.MoveToOuterDisposeScope();
    }

    private void ReadBytes(long position, Span<byte> bytes)
    {
        if (_stream is not FileStream file)
        {
            lock (_stream)
            {
                _stream.Position = position;
                _stream.ReadExactly(bytes);
            }
            return;
        }
        while (bytes.Length > 0)
        {
            var count = RandomAccess.Read(file.SafeFileHandle, bytes, position);
            if (count == 0)
                throw new EndOfStreamException("it became shorter while it was read");
            position += count;
            bytes = bytes[count..];
        }
    }

    private static bool IsFinite(Tensor chunk) => chunk.dtype == ScalarType.Float32
        ? IsFinite(MemoryMarshal.Cast<byte, float>(chunk.bytes))
        : !WeightEntry.IsFloating(chunk.dtype) || chunk.isfinite().all().item<bool>();

    // Compiled as well as can be from the first call on: most processes read one file.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        // 0 times a finite value is 0, and not a number otherwise.
        var sum = Vector<float>.Zero;
        foreach (var some in MemoryMarshal.Cast<float, Vector<float>>(values))
            sum += some * Vector<float>.Zero;
        foreach (var value in values[(values.Length - values.Length % Vector<float>.Count)..])
            sum += new Vector<float>(value * 0);
        return Vector.Sum(sum) == 0;
    }
}
