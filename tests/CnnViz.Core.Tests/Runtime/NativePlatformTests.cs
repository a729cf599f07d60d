using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CnnViz.Runtime;

namespace CnnViz.Tests.Runtime;

/// <summary>The platforms, the headers of libraries and the versions of libtorch.</summary>
public sealed class NativePlatformTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("linux-arm64")]
    [InlineData("linux-musl-x64")]
    [InlineData("osx-x64")]
    [InlineData("win-arm64")]
    public void A_platform_without_libtorch_is_refused_and_the_supported_ones_are_named(string identifier)
    {
        var error = Assert.Throws<CnnVizException>(() => NativePlatform.Find(identifier));

        Assert.Equal("PlatformUnsupported", error.ErrorId);
        foreach (var text in (string[])[identifier, "linux-x64", "osx-arm64", "win-x64"])
            Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_platform_loads_what_it_installs()
    {
        foreach (var platform in NativePlatform.All)
        {
            Assert.Contains(platform.TorchCpu, platform.LibTorch);
            Assert.Equal(3, platform.LibTorchRoots.Count());
            var package = NativePackage.LibTorchFor(platform, _folder.Path);
            Assert.Equal(platform.LibTorch, package.Libraries);
            Assert.Equal(128, package.Sha512.Length);
        }
    }

    [Fact]
    public void The_packages_that_are_installed_are_those_that_the_build_uses()
    {
        foreach (var package in NativePlatform.All.Select(platform => NativePackage.LibTorchFor(platform, _folder.Path)))
        {
            var path = Path.Join((string)AppContext.GetData("CnnViz.PackageRoot")!, package.Identifier, package.Version, $"{package.Name}.nupkg");
            using var stream = File.OpenRead(path);
            Assert.Equal(package.Bytes, stream.Length);
            Assert.Equal(package.Sha512, Convert.ToHexStringLower(SHA512.HashData(stream)));
            using var archive = new ZipArchive(stream);
            Assert.All(package.Libraries, name => Assert.NotNull(archive.GetEntry(package.Folder + name)));
        }
    }

    [Theory]
    [InlineData("7f454c4602010100000000000000000003003e00", Architecture.X64)]
    [InlineData("7f454c460201010000000000000000000300b700", Architecture.Arm64)]
    [InlineData("7f454c4601010100000000000000000003002800", Architecture.Arm)]
    [InlineData("cffaedfe0c000001000000000600000000000000", Architecture.Arm64)]
    [InlineData("cffaedfe07000001000000000600000000000000", Architecture.X64)]
    [InlineData("cafebabe00000002", null)]
    [InlineData("4d5a", null)]
    [InlineData("", null)]
    [InlineData("3c68746d6c3e", null)]
    public void A_header_says_the_processor(string hex, Architecture? expected) =>
        Assert.Equal(expected, NativeFile.MachineOf(_folder.Write("library", Convert.FromHexString(hex))));

    [Theory]
    [InlineData(0x8664, Architecture.X64)]
    [InlineData(0xaa64, Architecture.Arm64)]
    [InlineData(0x0200, null)]
    public void A_windows_library_says_the_processor(int machine, Architecture? expected)
    {
        var file = new byte[256];
        "MZ"u8.CopyTo(file);
        file[60] = 128;
        "PE\0\0"u8.CopyTo(file.AsSpan(128));
        BitConverter.GetBytes((ushort)machine).CopyTo(file, 132);
        Assert.Equal(expected, NativeFile.MachineOf(_folder.Write("library.dll", file)));
        file[61] = 255;
        Assert.Null(NativeFile.MachineOf(_folder.Write("library.dll", file)));
    }

    [Fact]
    public void A_packed_version_is_major_minor_and_patch() => Assert.Equal("2.10.1", LibTorchVersion.Format(0x020a_0100_0000_0000));

    [Theory]
    [InlineData("build-version", "2.5.1+cpu\n", "2.5.1")]
    [InlineData("version.py", "__version__ = '2.4.0+cu121'\n", "2.4.0")]
    [InlineData("readme", "2.4.0", null)]
    public void The_version_is_read_from_the_file_beside_the_libraries(string name, string text, string? expected)
    {
        _folder.Write(name, System.Text.Encoding.UTF8.GetBytes(text));
        Directory.CreateDirectory(_folder["lib"]);
        Assert.Equal(expected, LibTorchVersion.Recorded(_folder["lib"]));
    }

    [Fact]
    public void A_link_to_a_library_tells_its_version()
    {
        if (OperatingSystem.IsWindows())
            return;
        _folder.Write("libtorch_cpu.so.1.13", []);
        File.CreateSymbolicLink(_folder["libtorch_cpu.so"], _folder["libtorch_cpu.so.1.13"]);
        Assert.Equal("1.13", LibTorchVersion.Recorded(_folder.Path));
    }
}
