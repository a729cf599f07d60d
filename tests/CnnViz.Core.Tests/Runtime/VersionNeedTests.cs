using System.Buffers.Binary;
using CnnViz.Natives;

namespace CnnViz.Tests.Runtime;

/// <summary>LibTorchSharp loads with an older libstdc++, and no other library is touched.</summary>
public sealed class VersionNeedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _original = File.ReadAllBytes(
        Path.Join((string)AppContext.GetData("CnnViz.TorchSharpPackage")!, "runtimes", "linux-x64", "native", "libLibTorchSharp.so"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_flag_of_the_version_is_set_and_set_once()
    {
        var path = _folder.Write("libLibTorchSharp.so", _original);

        Assert.True(VersionNeed.Weaken(path));
        var mended = File.ReadAllBytes(path);
        Assert.False(VersionNeed.Weaken(path));

        Assert.Equal(mended, File.ReadAllBytes(path));
        var changed = Enumerable.Range(0, mended.Length).Where(index => mended[index] != _original[index]).ToArray();
        var at = Assert.Single(changed);
        Assert.Equal(_original[at] | 2, mended[at]);
    }

    [Fact]
    public void The_library_of_another_name_stays_as_it_is()
    {
        var path = _folder.Write("libother.so", _original);
        Assert.False(VersionNeed.Weaken(path));
        Assert.Equal(_original, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_version_that_a_relocation_uses_is_refused()
    {
        var file = (byte[])_original.Clone();
        var elf = ElfFile.Read(file);
        var versions = elf.Find(SectionType.SymbolVersions)!;
        var relocations = elf.Sections.First(section => section.Type == SectionType.RelocationsWithAddends && section.Link == versions.Link);
        // The version of a symbol that the first relocation with one uses becomes that of GLIBCXX_3.4.32.
        var symbol = Enumerable.Range(0, relocations.Size / 24)
            .Select(index => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(relocations.Offset + (index * 24) + 12)))
            .First(index => index > 0);
        var weakened = (byte[])_original.Clone();
        VersionNeed.Weaken(weakened);
        var flag = Enumerable.Range(0, file.Length).Single(index => file[index] != weakened[index]);
        file.AsSpan(flag + 2, 2).CopyTo(file.AsSpan(versions.Offset + ((int)symbol * 2)));

        var refusal = Assert.Throws<InvalidDataException>(() => VersionNeed.Weaken(file.AsSpan()));
        Assert.Contains("relocation", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_elf_file_stays_as_it_is() => Assert.False(VersionNeed.Weaken("MZ no ELF"u8.ToArray().AsSpan()));

    [Fact]
    public void A_32_bit_file_is_refused()
    {
        var file = (byte[])_original.Clone();
        file[4] = 1;
        Assert.Throws<InvalidDataException>(() => VersionNeed.Weaken(file.AsSpan()));
    }

    [Fact]
    public void A_file_that_is_cut_is_refused_or_left_alone()
    {
        for (var part = 1; part < 16; part++)
        {
            var cut = _original[..(_original.Length * part / 16)];
            Assert.Throws<InvalidDataException>(() => VersionNeed.Weaken(cut.AsSpan()));
        }
    }
}
