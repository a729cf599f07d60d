using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace CnnViz.Tests.Runtime;

/// <summary>The tables of imports and exports of a library for Windows (PE format, "The .idata Section" and "The .edata Section").</summary>
internal sealed class WindowsLibrary : IDisposable
{
    private const int DescriptorBytes = 20;
    private const ulong ByOrdinal = 1UL << 63;

    private readonly PEReader _reader;

    public WindowsLibrary(string path) => _reader = new PEReader(File.OpenRead(path));

    private PEHeader Header => _reader.PEHeaders.PEHeader!;

    public void Dispose() => _reader.Dispose();

    /// <summary>What it imports by name, by the library that it expects it of.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Imports()
    {
        var imports = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        for (var at = Header.ImportTableDirectory.RelativeVirtualAddress; ; at += DescriptorBytes)
        {
            var descriptor = At(at);
            var names = descriptor.ReadInt32();
            descriptor.ReadInt64();
            var library = descriptor.ReadInt32();
            if (library == 0)
                return imports;
            imports[TextAt(library)] = [.. NamesAt(names)];
        }
    }

    /// <summary>The names that it exports.</summary>
    public IReadOnlySet<string> Exports()
    {
        var table = At(Header.ExportTableDirectory.RelativeVirtualAddress);
        table.Offset += 24;
        var count = table.ReadInt32();
        table.ReadInt32();
        var names = At(table.ReadInt32());
        var exports = new HashSet<string>(count, StringComparer.Ordinal);
        for (var index = 0; index < count; index++)
            exports.Add(TextAt(names.ReadInt32()));
        return exports;
    }

    private IEnumerable<string> NamesAt(int address)
    {
        const int HintBytes = 2, EntryBytes = 8;
        for (; ; address += EntryBytes)
        {
            var entry = At(address).ReadUInt64();
            if (entry == 0)
                yield break;
            if ((entry & ByOrdinal) == 0)
                yield return TextAt((int)entry + HintBytes);
        }
    }

    private BlobReader At(int address) => _reader.GetSectionData(address).GetReader();

    private string TextAt(int address)
    {
        var text = At(address);
        return Encoding.ASCII.GetString(text.ReadBytes(text.IndexOf(0)));
    }
}
