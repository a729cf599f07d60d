using System.IO.Compression;
using System.Security.Cryptography;
using CnnViz.Backend;
using CnnViz.Runtime;
using CnnViz.Tests.Pretrained;

namespace CnnViz.Tests.Runtime;

/// <summary>Packages of native libraries that are fetched, and libraries that are built.</summary>
public sealed class RuntimeInstallerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _archive = Archive(("runtimes/here/native/libone.so", 300_000), ("runtimes/here/native/libtwo.so", 10), ("runtimes/there/native/libone.so", 5), ("readme", 3));
    private readonly WeightsServer _server;

    public RuntimeInstallerTests() => _server = new WeightsServer(_archive);

    private NativePackage Package => new(
        "libtorch-some.1.0", _server.Address, _archive.Length, Convert.ToHexStringLower(SHA512.HashData(_archive)), "runtimes/here/native/", _folder["native"]);

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Libraries_of_this_platform_are_put_into_place_and_a_receipt_says_so()
    {
        Assert.False(Package.IsInstalled);
        RuntimeInstaller.Fetch(Package, new RuntimeInstallOptions());
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
        Assert.Equal("DownloadFailed", Assert.Throws<CnnVizException>(() => RuntimeInstaller.Fetch(Package, new RuntimeInstallOptions())).ErrorId);
        Assert.False(Package.IsInstalled);
        RuntimeInstaller.Fetch(Package, new RuntimeInstallOptions());
        Assert.True(Package.IsInstalled);
        Assert.True(_server.RangeRequests > 0);
    }

    [Fact]
    public void Another_file_than_the_expected_one_is_deleted()
    {
        var wrong = Package with { Sha512 = new string('0', 128) };
        Assert.Equal("RuntimeCorrupt", Assert.Throws<CnnVizException>(() => RuntimeInstaller.Fetch(wrong, new RuntimeInstallOptions())).ErrorId);
        Assert.Empty(Directory.GetFiles(_folder["native"]));
    }

    [Fact]
    public void A_file_that_goes_on_behind_its_size_is_not_taken()
    {
        _server.LengthLie = 3 << 20;
        Assert.Equal("DownloadFailed", Assert.Throws<CnnVizException>(() => RuntimeInstaller.Fetch(Package, new RuntimeInstallOptions())).ErrorId);
        Assert.False(Package.IsInstalled);
    }

    [Fact]
    public void A_process_that_has_looked_in_vain_is_told_to_begin_anew()
    {
        var parts = new NativeParts([Package], null);
        var error = Assert.Throws<CnnVizException>(() => RuntimeInstaller.Install(parts, () => throw Errors.RuntimeMissing("not there"), new RuntimeInstallOptions()));
        Assert.Equal("RuntimeNeedsNewSession", error.ErrorId);
        Assert.True(Package.IsInstalled);
        // What is installed is not fetched again, and an error of its own stays one.
        Assert.Equal("RuntimeMissing", Assert.Throws<CnnVizException>(() => RuntimeInstaller.Install(parts, () => throw Errors.RuntimeMissing("not there"), new RuntimeInstallOptions())).ErrorId);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void What_building_lacks_is_named()
    {
        var build = new NativeBuild(_folder["sources"], [], ["cmake", "no-such-compiler"], "Install them.", ["lib.so"], _folder.Path);
        Assert.Contains("sources", Fails(build), StringComparison.Ordinal);
        _folder.Write("sources/CMakeLists.txt", "message(FATAL_ERROR \"there is no libtorch here\")"u8.ToArray());
        Assert.Contains("no no-such-compiler", Fails(build), StringComparison.Ordinal);
        if (!OperatingSystem.IsLinux())
            return;
        var said = Fails(build with { Tools = ["cmake"] });
        Assert.Contains("there is no libtorch here", said, StringComparison.Ordinal);
        Assert.Contains("Install them.", said, StringComparison.Ordinal);
    }

    private static string Fails(NativeBuild build)
    {
        var error = Assert.Throws<CnnVizException>(() => RuntimeInstaller.Build(build, new RuntimeInstallOptions()));
        Assert.Equal("RuntimeBuildFailed", error.ErrorId);
        return error.Message;
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
