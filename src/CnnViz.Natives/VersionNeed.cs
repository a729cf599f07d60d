using System.Buffers.Binary;
using System.Text;

namespace CnnViz.Natives;

/// <summary>
/// Lets LibTorchSharp load with a libstdc++ older than GCC 13's, such as Debian 12's and Ubuntu 22.04's. The library
/// asks for the version GLIBCXX_3.4.32 because of one symbol that no code uses; marked weak, a version that the system
/// lacks is no reason to refuse the library (System V gABI, Linux Standard Base, "Symbol Versioning").
/// </summary>
internal static class VersionNeed
{
    /// <summary>The library whose version is asked for.</summary>
    public const string Library = "libstdc++.so.6";

    /// <summary>The version that is marked weak.</summary>
    public const string Version = "GLIBCXX_3.4.32";

    private const ushort WeakFlag = 2;

    /// <summary>Marks the need of <see cref="Version"/> weak in a file that has it. Other files, and one that is marked already, stay as they are.</summary>
    /// <param name="path">The file.</param>
    /// <returns>True where the file was changed.</returns>
    /// <exception cref="InvalidDataException">A relocation uses a symbol of that version, or the file is a damaged ELF file.</exception>
    public static bool Weaken(string path)
    {
        if (!Path.GetFileName(path).Contains("LibTorchSharp", StringComparison.Ordinal))
            return false;
        var file = File.ReadAllBytes(path);
        if (!Weaken(file))
            return false;
        File.WriteAllBytes(path, file);
        return true;
    }

    /// <summary>The same for a file in memory.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>True where the file was changed.</returns>
    /// <exception cref="InvalidDataException">As the other's.</exception>
    public static bool Weaken(Span<byte> file)
    {
        if (!ElfFile.IsElf(file))
            return false;
        try
        {
            var elf = ElfFile.Read(file);
            if (elf.Find(SectionType.VersionNeed) is not { } needs || FindNeed(file, elf, needs) is not { } need)
                return false;
            var flagsAt = need + 4;
            var flags = BinaryPrimitives.ReadUInt16LittleEndian(file[flagsAt..]);
            if ((flags & WeakFlag) != 0)
                return false;
            CheckUnused(file, elf, BinaryPrimitives.ReadUInt16LittleEndian(file[(need + 6)..]));
            BinaryPrimitives.WriteUInt16LittleEndian(file[flagsAt..], (ushort)(flags | WeakFlag));
            return true;
        }
        catch (Exception failure) when (failure is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("the ELF file is damaged: a table leads outside of it.", failure);
        }
    }

    /// <summary>The position of the record (Vernaux) that asks for the version; null where there is none.</summary>
    private static int? FindNeed(ReadOnlySpan<byte> file, ElfFile elf, ElfSection needs)
    {
        var names = elf.Sections[needs.Link];
        var library = needs.Offset;
        for (var libraries = needs.Information; libraries > 0; libraries--)
        {
            var record = library + (int)BinaryPrimitives.ReadUInt32LittleEndian(file[(library + 8)..]);
            var isLibrary = Text(file, names, library + 4) == Library;
            for (var count = BinaryPrimitives.ReadUInt16LittleEndian(file[(library + 2)..]); isLibrary && count > 0; count--)
            {
                if (Text(file, names, record + 8) == Version)
                    return record;
                record += (int)BinaryPrimitives.ReadUInt32LittleEndian(file[(record + 12)..]);
            }
            library += (int)BinaryPrimitives.ReadUInt32LittleEndian(file[(library + 12)..]);
        }
        return null;
    }

    private static string Text(ReadOnlySpan<byte> file, ElfSection names, int position)
    {
        var text = file[(names.Offset + (int)BinaryPrimitives.ReadUInt32LittleEndian(file[position..]))..];
        return Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]);
    }

    /// <summary>Refuses a file in which a relocation uses a symbol of the version: it would need the symbol at run time.</summary>
    private static void CheckUnused(ReadOnlySpan<byte> file, ElfFile elf, ushort version)
    {
        const int VersionBytes = 2, RelocationBytes = 24, VersionMask = 0x7fff;
        var versions = elf.Find(SectionType.SymbolVersions)
            ?? throw new InvalidDataException("the ELF file is damaged: it has no table of symbol versions.");
        foreach (var relocations in elf.Sections.Where(section => section.Type == SectionType.RelocationsWithAddends && section.Link == versions.Link))
        {
            for (var at = relocations.Offset; at < relocations.Offset + relocations.Size; at += RelocationBytes)
            {
                var symbol = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 12)..]);
                var used = BinaryPrimitives.ReadUInt16LittleEndian(file[(versions.Offset + ((int)symbol * VersionBytes))..]) & VersionMask;
                if (used == version)
                    throw new InvalidDataException($"a relocation uses a symbol of {Version}: this library does need a newer {Library}.");
            }
        }
    }
}
