using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CnnViz.Runtime;

/// <summary>The header of a native library, which says what processor it is compiled for.</summary>
internal static class NativeFile
{
    private const int ElfMachineOffset = 18;
    private const int PortableExecutableOffset = 60;

    /// <summary>
    /// The processor that a library is compiled for, from the header of an ELF, PE or 64-bit Mach-O file; null for
    /// another file, a processor that .NET has no name for, and a library for several processors.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Architecture? MachineOf(string path)
    {
        using var stream = File.OpenRead(path);
        var header = new byte[4096];
        var file = header.AsSpan(0, stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false));
        if (file.StartsWith("\u007fELF"u8) && file.Length > ElfMachineOffset + 1)
            return OfElf(BinaryPrimitives.ReadUInt16LittleEndian(file[ElfMachineOffset..]));
        if (file.StartsWith((ReadOnlySpan<byte>)[0xcf, 0xfa, 0xed, 0xfe]) && file.Length >= 8)
            return OfMachO(BinaryPrimitives.ReadUInt32LittleEndian(file[4..]));
        if (!file.StartsWith("MZ"u8) || file.Length < PortableExecutableOffset + 4)
            return null;
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(file[PortableExecutableOffset..]);
        return offset + 6 <= file.Length && file[(int)offset..].StartsWith("PE\0\0"u8)
            ? OfPortableExecutable(BinaryPrimitives.ReadUInt16LittleEndian(file[((int)offset + 4)..]))
            : null;
    }

    private static Architecture? OfElf(ushort machine) => machine switch
    {
        3 => Architecture.X86,
        40 => Architecture.Arm,
        62 => Architecture.X64,
        183 => Architecture.Arm64,
        _ => null,
    };

    private static Architecture? OfMachO(uint processor) => processor switch
    {
        0x0100_0007 => Architecture.X64,
        0x0100_000c => Architecture.Arm64,
        _ => null,
    };

    private static Architecture? OfPortableExecutable(ushort machine) => machine switch
    {
        0x014c => Architecture.X86,
        0x8664 => Architecture.X64,
        0xaa64 => Architecture.Arm64,
        _ => null,
    };
}
