using System.Text;
using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public sealed class ImageDownloadTests : IDisposable
{
    private readonly LocalServer _server = new(AnswerAsync);

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("/rgb.png")]
    [InlineData("/redirect")]
    [InlineData("/chunks")]
    public void PicturesAreFetched(string path)
    {
        var image = Source(path).Read();
        Assert.Equal(Read("rgb.png").Data, image.Data);
        Assert.Equal(Source(path).Name, image.Source);
    }

    [Theory]
    [InlineData("/missing", "404 Not Found")]
    [InlineData("/loop", "302")]
    [InlineData("/page", "no picture but text/html")]
    [InlineData("/page", "<!doctype html>")]
    [InlineData("/declared-large", "60,000,000 bytes")]
    [InlineData("/endless", "more than the limit of 50,000 bytes")]
    [InlineData("/cut", "ended prematurely")]
    public void WhatGoesWrongIsSaid(string path, string said)
    {
        var options = path == "/endless" ? new ImageReadOptions { MaximumDownloadBytes = 50_000 } : null;
        var error = Fails("DownloadFailed", () => Source(path).Read(options));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/silent")]
    [InlineData("/stalls")]
    public void ASilentServerIsGivenUp(string path)
    {
        var error = Fails("DownloadFailed", () => Source(path).Read(new ImageReadOptions { DownloadTimeout = TimeSpan.FromSeconds(0.3) }));
        Assert.Contains("silent for 0.3 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADownloadCanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.2));
        Assert.ThrowsAny<OperationCanceledException>(() => Source("/silent").Read(null, cancellation.Token));
    }

    [Fact]
    public void NobodyThereIsAnError()
    {
        _server.Close();
        Fails("DownloadFailed", () => Source("/rgb.png").Read());
    }

    private ImageSource Source(string path) => ImageSource.Parse(_server.At(path).AbsoluteUri);

    private static async Task AnswerAsync(LocalServer.Exchange exchange)
    {
        var picture = await File.ReadAllBytesAsync(PathOf("rgb.png"));
        switch (exchange.Path)
        {
            case "/rgb.png":
                await exchange.SendAsync($"200 OK\r\nContent-Type: image/png\r\nContent-Length: {picture.Length}", picture);
                break;
            case "/chunks":
                await exchange.SendAsync("200 OK\r\nTransfer-Encoding: chunked", [.. Encoding.ASCII.GetBytes($"{picture.Length:x}\r\n"), .. picture, .. "\r\n0\r\n\r\n"u8]);
                break;
            case "/redirect":
                await exchange.SendAsync("301 Moved Permanently\r\nLocation: /rgb.png\r\nContent-Length: 0", []);
                break;
            case "/loop":
                await exchange.SendAsync("302 Found\r\nLocation: /loop\r\nContent-Length: 0", []);
                break;
            case "/page":
                await exchange.SendAsync("200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 37", "<!doctype html><title>a page</title>\n"u8.ToArray());
                break;
            case "/declared-large":
                await exchange.SendAsync("200 OK\r\nContent-Length: 60000000", []);
                break;
            case "/endless":
                await exchange.SendAsync("200 OK", new byte[100_000]);
                await Task.Delay(Timeout.Infinite, exchange.Stop);
                break;
            case "/cut":
                await exchange.SendAsync($"200 OK\r\nContent-Length: {picture.Length}", picture[..50]);
                break;
            case "/silent":
                await Task.Delay(Timeout.Infinite, exchange.Stop);
                break;
            case "/stalls":
                await exchange.SendAsync($"200 OK\r\nContent-Length: {picture.Length}", picture[..50]);
                await Task.Delay(Timeout.Infinite, exchange.Stop);
                break;
            default:
                await exchange.SendAsync("404 Not Found\r\nContent-Length: 0", []);
                break;
        }
    }
}
