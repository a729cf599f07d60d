using System.Buffers.Binary;

namespace CnnViz.Natives;

/// <summary>The kinds of sections that are looked at.</summary>
internal enum SectionType : uint
{
    /// <summary>Relocations (SHT_RELA).</summary>
    RelocationsWithAddends = 4,

    /// <summary>The versions that are asked for of other libraries (SHT_GNU_verneed).</summary>
    VersionNeed = 0x6fff_fffe,

    /// <summary>The version of each dynamic symbol (SHT_GNU_versym).</summary>
    SymbolVersions = 0x6fff_ffff,
}

/// <summary>A section of an ELF file.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Link">The index of the section that it refers to.</param>
/// <param name="Information">A number of its kind's own meaning: of VersionNeed the count of libraries.</param>
internal sealed record ElfSection(SectionType Type, int Offset, int Size, int Link, int Information);

/// <summary>The section table of a 64-bit little-endian ELF file (System V gABI, chapter 4).</summary>
/// <param name="Sections">The sections in the file's order.</param>
internal sealed record ElfFile(IReadOnlyList<ElfSection> Sections)
{
    private const int HeaderBytes = 64;

    /// <summary>Whether it begins as an ELF file does.</summary>
    public static bool IsElf(ReadOnlySpan<byte> file) => file.StartsWith("\u007fELF"u8);

    /// <summary>Reads the section table.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">It is no 64-bit little-endian ELF file.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The table leads outside of the file.</exception>
    /// <exception cref="OverflowException">The same.</exception>
    public static ElfFile Read(ReadOnlySpan<byte> file)
    {
        if (!IsElf(file) || file.Length < HeaderBytes || file[4] != 2 || file[5] != 1)
            throw new InvalidDataException("it is no 64-bit little-endian ELF file.");
        var table = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file[40..]));
        var bytes = BinaryPrimitives.ReadUInt16LittleEndian(file[58..]);
        var sections = new ElfSection[BinaryPrimitives.ReadUInt16LittleEndian(file[60..])];
        for (var index = 0; index < sections.Length; index++)
        {
            var header = file.Slice(table + (index * bytes), HeaderBytes);
            sections[index] = new ElfSection(
                (SectionType)BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
                checked((int)BinaryPrimitives.ReadUInt64LittleEndian(header[24..])),
                checked((int)BinaryPrimitives.ReadUInt64LittleEndian(header[32..])),
                checked((int)BinaryPrimitives.ReadUInt32LittleEndian(header[40..])),
                checked((int)BinaryPrimitives.ReadUInt32LittleEndian(header[44..])));
        }
        return new ElfFile(sections);
    }

    /// <summary>The first section of a kind; null where there is none.</summary>
    public ElfSection? Find(SectionType type) => Sections.FirstOrDefault(section => section.Type == type);
}
