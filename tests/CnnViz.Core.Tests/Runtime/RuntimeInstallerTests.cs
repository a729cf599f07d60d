using System.IO.Compression;
using System.Security.Cryptography;
using CnnViz.Runtime;
using CnnViz.Tests.Pretrained;

namespace CnnViz.Tests.Runtime;

/// <summary>Packages of native libraries that are fetched.</summary>
public sealed class RuntimeInstallerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _archive = Archive(("runtimes/here/native/libone.so", 300_000), ("runtimes/here/native/libtwo.so", 10), ("runtimes/there/native/libone.so", 5), ("readme", 3));
    private readonly WeightsServer _server;

    public RuntimeInstallerTests() => _server = new WeightsServer(_archive);

    private NativePackage Package => new(
        "libtorch-some", "1.0", _archive.Length, Convert.ToHexStringLower(SHA512.HashData(_archive)), "runtimes/here/native/",
        ["libone.so", "libtwo.so"], _folder["native"]);

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Libraries_of_this_platform_are_put_into_place_and_a_receipt_says_so()
    {
        Assert.False(Package.IsInstalled);
        RuntimeInstaller.Fetch(Package, _server.Address, new RuntimeInstallOptions());
        Assert.True(Package.IsInstalled);
        Assert.Equal(["libone.so", "libtorch-some.1.0.installed", "libtwo.so"], Directory.GetFiles(_folder["native"]).Select(Path.GetFileName).Order());
        Assert.Equal(300_000, new FileInfo(Path.Join(_folder["native"], "libone.so")).Length);
        Assert.False((Package with { Sha512 = "another" }).IsInstalled);
    }

    [Fact]
    public void A_transfer_that_broke_goes_on()
    {
        _server.Breaks.Enqueue(100_000);
        _server.Breaks.Enqueue(0);
        Assert.Equal("DownloadFailed", Assert.Throws<CnnVizException>(() => RuntimeInstaller.Fetch(Package, _server.Address, new RuntimeInstallOptions())).ErrorId);
        Assert.False(Package.IsInstalled);
        RuntimeInstaller.Fetch(Package, _server.Address, new RuntimeInstallOptions());
        Assert.True(Package.IsInstalled);
        Assert.True(_server.RangeRequests > 0);
    }

    [Fact]
    public void Another_file_than_the_expected_one_is_deleted()
    {
        var wrong = Package with { Sha512 = new string('0', 128) };
        Assert.Equal("RuntimeCorrupt", Assert.Throws<CnnVizException>(() => RuntimeInstaller.Fetch(wrong, _server.Address, new RuntimeInstallOptions())).ErrorId);
        Assert.Empty(Directory.GetFiles(_folder["native"]));
    }

    [Fact]
    public void A_file_that_goes_on_behind_its_size_is_not_taken()
    {
        _server.LengthLie = 3 << 20;
        Assert.Equal("DownloadFailed", Assert.Throws<CnnVizException>(() => RuntimeInstaller.Fetch(Package, _server.Address, new RuntimeInstallOptions())).ErrorId);
        Assert.False(Package.IsInstalled);
    }

    private static byte[] Archive(params (string Name, int Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(new byte[bytes]);
            }
        }
        return stream.ToArray();
    }
}
