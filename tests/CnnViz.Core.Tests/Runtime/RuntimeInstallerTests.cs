using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CnnViz.Runtime;
using CnnViz.Tests.Pretrained;

namespace CnnViz.Tests.Runtime;

/// <summary>Packages of native libraries from NuGet feeds: all of one is installed, or nothing.</summary>
public sealed class RuntimeInstallerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _archive = Archive(
        ("runtimes/here/native/libone.so", 300_000), ("runtimes/here/native/libtwo.so", 10),
        ("runtimes/here/native/libunneeded.so", 7), ("runtimes/there/native/libone.so", 5), ("readme", 3));
    private readonly WeightsServer _server;
    private readonly LocalServer _feed;

    public RuntimeInstallerTests()
    {
        _server = new WeightsServer(_archive);
        _feed = new LocalServer(AnswerAsync);
    }

    private NativePackage Package => new(
        "libtorch-some", "1.0.0", _archive.Length, Convert.ToHexStringLower(SHA512.HashData(_archive)), "runtimes/here/native/",
        ["libone.so", "libtwo.so"], _folder["native"]);

    private RuntimeInstallOptions FromFeed => new() { Source = _feed.At("/v3/index.json").AbsoluteUri };

    public void Dispose()
    {
        _feed.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_needed_libraries_are_installed_with_a_receipt_and_nothing_else_stays()
    {
        Assert.False(Package.IsInstalled);

        RuntimeInstaller.Install(Package, FromFeed);

        Assert.True(Package.IsInstalled);
        Assert.Equal(["libone.so", "libtorch-some.1.0.0.installed", "libtwo.so"], Directory.GetFiles(_folder["native"]).Select(Path.GetFileName).Order());
        Assert.Equal(300_000, new FileInfo(Path.Join(_folder["native"], "libone.so")).Length);
        Assert.Equal(["native"], _folder.FileNames);
        Assert.False((Package with { Sha512 = "another" }).IsInstalled);
    }

    [Theory]
    [InlineData("libtorch-some.1.0.0.nupkg")]
    [InlineData("libtorch-some/1.0.0/libtorch-some.1.0.0.nupkg")]
    public void A_folder_with_the_package_is_a_feed(string path)
    {
        _folder.Write($"feed/{path}", _archive);
        RuntimeInstaller.Install(Package, new RuntimeInstallOptions { Source = _folder["feed"] });
        Assert.True(Package.IsInstalled);
        Assert.True(File.Exists(_folder[$"feed/{path}"]));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public void An_installation_is_replaced_as_a_whole()
    {
        _folder.Write("native/libold.so", [1]);
        RuntimeInstaller.Install(Package, FromFeed);
        Assert.False(File.Exists(_folder["native/libold.so"]));
        Assert.True(Package.IsInstalled);
    }

    [Fact]
    public void A_transfer_that_broke_goes_on()
    {
        _server.Breaks.Enqueue(100_000);
        _server.Breaks.Enqueue(0);
        Assert.Equal("DownloadFailed", Fails(Package, FromFeed).ErrorId);
        Assert.False(Package.IsInstalled);

        RuntimeInstaller.Install(Package, FromFeed);

        Assert.True(Package.IsInstalled);
        Assert.True(_server.RangeRequests > 0);
    }

    [Fact]
    public void A_part_of_another_file_is_replaced()
    {
        _folder.Write("libtorch-some.1.0.0.part", new byte[1000]);
        RuntimeInstaller.Install(Package, FromFeed);
        Assert.True(Package.IsInstalled);
    }

    [Fact]
    public void Another_file_than_the_expected_one_is_not_installed()
    {
        var wrong = Package with { Sha512 = new string('0', 128) };
        Assert.Equal("RuntimeCorrupt", Fails(wrong, FromFeed).ErrorId);
        Assert.Empty(_folder.FileNames);

        var path = _folder.Write("feed/libtorch-some.1.0.0.nupkg", _archive);
        Assert.Equal("RuntimeCorrupt", Fails(wrong, new RuntimeInstallOptions { Source = _folder["feed"] }).ErrorId);
        Assert.True(File.Exists(path));
        Assert.Equal(["feed"], _folder.FileNames);
    }

    [Fact]
    public void A_file_that_goes_on_behind_its_size_is_not_taken()
    {
        _server.LengthLie = 3 << 20;
        Assert.Equal("DownloadFailed", Fails(Package, FromFeed).ErrorId);
        Assert.False(Package.IsInstalled);
    }

    [Fact]
    public void A_target_that_cannot_be_replaced_stays_and_nothing_is_left_beside_it()
    {
        File.WriteAllText(_folder["native"], "a file where the folder should be");
        var error = Fails(Package, FromFeed);
        Assert.Equal("OutputUnwritable", error.ErrorId);
        Assert.Equal("a file where the folder should be", File.ReadAllText(_folder["native"]));
        // What was downloaded stays for the next attempt.
        Assert.Equal(["libtorch-some.1.0.0.part", "native"], _folder.FileNames.Order());
    }

    [Theory]
    [InlineData("/nowhere/index.json", "it is no index of a NuGet feed")]
    [InlineData("/text", "")]
    [InlineData("/empty/index.json", "it has no libtorch-some.1.0.0")]
    [InlineData("/broken/index.json", "500")]
    public void A_feed_without_the_package_is_named_with_the_reason(string path, string reason)
    {
        var source = _feed.At(path).AbsoluteUri;
        var error = Fails(Package, new RuntimeInstallOptions { Source = source });
        Assert.Equal("RuntimePackageMissing", error.ErrorId);
        Assert.Contains($"'{source}': ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.FileNames);
    }

    [Fact]
    public void A_folder_that_lacks_the_package_or_is_not_there_is_named()
    {
        Assert.Contains("it has no libtorch-some.1.0.0.nupkg", Fails(Package, new RuntimeInstallOptions { Source = _folder.Path }).Message, StringComparison.Ordinal);
        Assert.Contains("there is no such folder", Fails(Package, new RuntimeInstallOptions { Source = _folder["none"] }).Message, StringComparison.Ordinal);
        Assert.Contains("is no kind of address", Fails(Package, new RuntimeInstallOptions { Source = "ftp://there/feed" }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_feeds_of_the_NuGet_settings_are_asked_in_turn_and_those_that_are_off_are_not()
    {
        Directory.CreateDirectory(_folder["first"]);
        _folder.Write("second/libtorch-some.1.0.0.nupkg", _archive);
        _folder.Write("work/NuGet.Config", Encoding.UTF8.GetBytes($"""
            <configuration>
              <packageSources>
                <clear />
                <add key="first" value="{_folder["first"]}" />
                <add key="off" value="{_folder["none"]}" />
                <add key="second" value="{_folder["second"]}" />
              </packageSources>
              <disabledPackageSources><add key="off" value="true" /></disabledPackageSources>
            </configuration>
            """));
        var feeds = PackageFeed.Configured(_folder["work"]);
        Assert.Equal([_folder["first"], _folder["second"]], feeds.Select(feed => feed.Source));
        Assert.Equal([false, true], feeds.Select(feed => feed.Find(Package, default).Address is not null));

        _folder.Write("work/NuGet.Config", "<configuration><packageSources>"u8.ToArray());
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => PackageFeed.Configured(_folder["work"])).ErrorId);
    }

    [Fact]
    public async Task Of_two_that_install_at_once_one_downloads()
    {
        _server.Delay = TimeSpan.FromMilliseconds(300);
        var messages = new System.Collections.Concurrent.ConcurrentBag<string>();
        var options = FromFeed with { Message = messages.Add };
        await Task.WhenAll(Task.Run(() => RuntimeInstaller.Install(Package, options)), Task.Run(() => RuntimeInstaller.Install(Package, options)));
        Assert.True(Package.IsInstalled);
        Assert.Single(_server.Requests);
        Assert.Contains(messages, message => message.StartsWith("Another process is installing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cancelled_installation_leaves_what_came_for_the_next()
    {
        using var cancellation = new CancellationTokenSource();
        _server.Delay = TimeSpan.FromSeconds(10);
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(300));
        Assert.ThrowsAny<OperationCanceledException>(() => RuntimeInstaller.Install(Package, FromFeed with { Cancellation = cancellation.Token }));
        Assert.False(Package.IsInstalled);
    }

    private static CnnVizException Fails(NativePackage package, RuntimeInstallOptions options) =>
        Assert.Throws<CnnVizException>(() => RuntimeInstaller.Install(package, options));

    /// <summary>A feed whose packages lie on another server, as mirrors have it.</summary>
    private Task AnswerAsync(LocalServer.Exchange exchange) => exchange.Path switch
    {
        "/v3/index.json" => Json(exchange, """{"version": "3.0.0", "resources": [{"@id": "/flat/", "@type": "PackageBaseAddress/3.0.0"}]}"""),
        "/empty/index.json" => Json(exchange, """{"version": "3.0.0", "resources": [{"@id": "/none/", "@type": "PackageBaseAddress/3.0.0"}]}"""),
        "/flat/libtorch-some/index.json" => Json(exchange, """{"versions": ["0.9.0", "1.0.0"]}"""),
        "/flat/libtorch-some/1.0.0/libtorch-some.1.0.0.nupkg" =>
            exchange.SendAsync($"302 Found\r\nLocation: {_server.Address}\r\nContent-Length: 0", []),
        "/text" => exchange.SendAsync("200 OK\r\nContent-Length: 5", "hello"u8.ToArray()),
        "/broken/index.json" => exchange.SendAsync("500 Internal Server Error\r\nContent-Length: 0", []),
        _ => exchange.SendAsync("404 Not Found\r\nContent-Length: 0", []),
    };

    private static Task Json(LocalServer.Exchange exchange, string text) =>
        exchange.SendAsync($"200 OK\r\nContent-Length: {text.Length}", Encoding.UTF8.GetBytes(text));

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
