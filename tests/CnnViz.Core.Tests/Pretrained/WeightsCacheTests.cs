using System.Security.Cryptography;
using CnnViz.Networks.Pretrained;
using CnnViz.Running;

namespace CnnViz.Tests.Pretrained;

public sealed class WeightsCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _file = new byte[300_000];
    private readonly WeightsServer _server;
    private readonly WeightsCache _cache;

    public WeightsCacheTests()
    {
        new Random(1).NextBytes(_file);
        _server = new WeightsServer(_file);
        _cache = new WeightsCache(_folder["cache"]);
    }

    private OfficialWeights Weights => new("some", _server.Address, 299_000, Convert.ToHexStringLower(SHA256.HashData(_file)), Top1: 0.5);

    private string Part => _cache.PathOf(Weights) + ".part";

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void WeightsAreFetchedOnce()
    {
        Assert.False(_cache.Contains(Weights));
        var path = Fetch();
        Assert.Equal(_file, File.ReadAllBytes(path));
        Assert.True(_cache.Contains(Weights));
        Assert.Equal(path, Fetch());
        Assert.Single(_server.Requests);
        Assert.Equal(["weights-0123abcd.pth"], Directory.GetFiles(_folder["cache"]).Select(Path.GetFileName));
    }

    [Fact]
    public void TheFirstDigitsOfADigestAreEnoughWhereNoMoreAreKnown() =>
        Assert.Equal(_file, File.ReadAllBytes(_cache.Get(Weights with { Digest = Weights.Digest[..8] }, Options())));

    [Fact]
    public void RedirectsAreFollowed()
    {
        _server.RedirectFrom = _server.Address.AbsolutePath;
        Assert.Equal(_file, File.ReadAllBytes(Fetch()));
    }

    [Fact]
    public void ABrokenTransferGoesOnWhereItBroke()
    {
        _server.Breaks.Enqueue(100_000);
        _server.Breaks.Enqueue(50_000);
        Assert.Equal(_file, File.ReadAllBytes(Fetch()));
        Assert.Equal(3, _server.Requests.Count);
        Assert.Equal(2, _server.RangeRequests);
    }

    [Fact]
    public void TheNextAttemptGoesOnWhereTheLastOneFailed()
    {
        _server.Breaks.Enqueue(100_000);
        _server.Breaks.Enqueue(0);
        Fails("DownloadFailed", "ended prematurely");
        Assert.Equal(100_000, new FileInfo(Part).Length);
        Assert.Equal([Part], Directory.GetFiles(_folder["cache"]));
        Assert.Equal(_file, File.ReadAllBytes(Fetch()));
        Assert.Contains("Range: bytes=100000-", _server.Requests[^1]);
    }

    [Fact]
    public void APartThatIsWholeIsTakenAsItIs()
    {
        WritePart(_file);
        Assert.Equal(_file, File.ReadAllBytes(Fetch()));
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(400_000)]
    public void APartOfAnotherFileIsThrownAway(int length)
    {
        WritePart(new byte[length]);
        Assert.Equal(_file, File.ReadAllBytes(Fetch()));
    }

    [Fact]
    public void AServerThatKnowsNoRangesGivesTheWholeAgain()
    {
        _server.KnowsRanges = false;
        WritePart(_file[..100_000]);
        Assert.Equal(_file, File.ReadAllBytes(Fetch()));
    }

    [Fact]
    public void AnotherFileIsNotTaken()
    {
        var error = Assert.Throws<CnnVizException>(() => _cache.Get(Weights with { Digest = "0123abcd" }, Options()));
        Assert.Equal("WeightsCorrupt", error.ErrorId);
        Assert.Contains("expected 0123abcd…", error.Message, StringComparison.Ordinal);
        Assert.Contains(Weights.Digest, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(_folder["cache"]), file => file.EndsWith("pth", StringComparison.Ordinal) || file.EndsWith("part", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("500 Internal Server Error")]
    public void AnErrorOfTheServerIsSaid(string status)
    {
        _server.Status = status;
        Fails("DownloadFailed", status);
    }

    [Fact]
    public void ALengthThatIsTooLongIsFoundOutByAskingForMore()
    {
        _server.LengthLie = 10_000;
        Assert.Equal(_file, File.ReadAllBytes(Fetch()));
        Assert.Equal(1, _server.RangeRequests);
    }

    [Fact]
    public void ALengthThatIsTooLongEndsInAnErrorWhereTheServerKnowsNoRanges()
    {
        (_server.LengthLie, _server.KnowsRanges) = (10_000, false);
        Fails("DownloadFailed", "ended prematurely");
        Assert.False(_cache.Contains(Weights));
    }

    [Fact]
    public void ALengthThatIsTooShortGivesAFileThatIsNotTaken()
    {
        _server.LengthLie = -10_000;
        Fails("WeightsCorrupt", "SHA-256");
        Assert.False(_cache.Contains(Weights));
    }

    [Fact]
    public void MoreThanIsExpectedIsNotTaken()
    {
        var error = Assert.Throws<CnnVizException>(() => new WeightsCache(_folder["cache"]).Get(
            Weights with { Address = new WeightsServer(new byte[2_000_000]).Address, Bytes = 10_000 }, Options()));
        Assert.Equal("DownloadFailed", error.ErrorId);
        Assert.Contains("2,000,000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASilentServerIsGivenUp()
    {
        _server.Delay = TimeSpan.FromMinutes(1);
        var error = Assert.Throws<CnnVizException>(() => _cache.Get(Weights, Options() with { SilenceLimit = TimeSpan.FromSeconds(0.3) }));
        Assert.Equal("DownloadFailed", error.ErrorId);
        Assert.Contains("silent for 0.3 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACancelledDownloadKeepsWhatHasCome()
    {
        _server.Delay = TimeSpan.FromMinutes(1);
        WritePart(_file[..100_000]);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        Assert.ThrowsAny<OperationCanceledException>(() => _cache.Get(Weights, Options() with { Cancellation = cancellation.Token }));
        Assert.Equal(100_000, new FileInfo(Part).Length);
    }

    [Fact]
    public void OfflineNothingIsAskedFor()
    {
        var error = Assert.Throws<CnnVizException>(() => _cache.Get(Weights, Options() with { Offline = true }));
        Assert.Equal("WeightsNotCached", error.ErrorId);
        Assert.Contains(_cache.PathOf(Weights), error.Message, StringComparison.Ordinal);
        Assert.Contains(_server.Address.AbsoluteUri, error.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
        var path = Fetch();
        Assert.Equal(path, _cache.Get(Weights, Options() with { Offline = true }));
    }

    [Fact]
    public async Task OneDownloadsAndTheOthersWait()
    {
        _server.Delay = TimeSpan.FromSeconds(1);
        var messages = new List<string>();
        var options = Options() with
        {
            Message = text =>
            {
                lock (messages)
                    messages.Add(text);
            },
        };
        var paths = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => new WeightsCache(_folder["cache"]).Get(Weights, options))));
        Assert.All(paths, path => Assert.Equal(_file, File.ReadAllBytes(path)));
        Assert.Single(_server.Requests);
        Assert.Equal(2, messages.Count(text => text.StartsWith("Another process is downloading the weights of some", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ManyThatFailOneAfterTheOtherEachHaveTheLockAlone()
    {
        _server.Status = "404 Not Found";
        var errors = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Record.Exception(Fetch))));
        Assert.All(errors, error => Assert.Equal("DownloadFailed", Assert.IsType<CnnVizException>(error).ErrorId));
        Assert.Empty(Directory.GetFiles(_folder["cache"]));
    }

    [Fact]
    public void WaitingCanBeCancelled()
    {
        Directory.CreateDirectory(_folder["cache"]);
        using var other = new FileStream(_cache.PathOf(Weights) + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        Assert.ThrowsAny<OperationCanceledException>(() => _cache.Get(Weights, Options() with { Cancellation = cancellation.Token }));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public void AFullDiskIsSaidAndNothingIsPutIntoPlace()
    {
        // The one device that is always full.
        if (!File.Exists("/dev/full"))
            return;
        Directory.CreateDirectory(_folder["cache"]);
        File.CreateSymbolicLink(Part, "/dev/full");
        Fails("OutputUnwritable", "No space left on device");
        Assert.False(_cache.Contains(Weights));
    }

    [Fact]
    public void AFolderThatCannotBeMadeIsSaid()
    {
        _folder.Write("cache", []);
        Fails("OutputUnwritable", "cache");
    }

    [Fact]
    public void ProgressIsReportedToTheCaller()
    {
        _server.Delay = TimeSpan.FromSeconds(0.5);
        var thread = Environment.CurrentManagedThreadId;
        var reports = new List<RunProgress>();
        var progress = new Recorder(report =>
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            reports.Add(report);
        });
        _cache.Get(Weights, Options() with { Progress = progress });
        Assert.NotEmpty(reports);
        Assert.All(reports, report => Assert.Equal(("Downloading some", 1, "MB"), (report.Activity, report.Total, report.Unit)));
    }

    private string Fetch() => _cache.Get(Weights, Options());

    private void WritePart(byte[] bytes)
    {
        Directory.CreateDirectory(_folder["cache"]);
        File.WriteAllBytes(Part, bytes);
    }

    private void Fails(string id, string said)
    {
        var error = Assert.Throws<CnnVizException>(Fetch);
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    private static WeightsOptions Options() => new() { SilenceLimit = TimeSpan.FromSeconds(20) };

    private sealed class Recorder(Action<RunProgress> record) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => record(value);
    }
}
