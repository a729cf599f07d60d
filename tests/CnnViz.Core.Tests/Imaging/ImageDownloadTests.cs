using System.Net;
using System.Net.Sockets;
using System.Text;
using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public sealed class ImageDownloadTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public ImageDownloadTests()
    {
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

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
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _listener.Stop();
        Fails("DownloadFailed", () => ImageSource.Parse($"http://127.0.0.1:{port}/rgb.png").Read());
    }

    private ImageSource Source(string path) => ImageSource.Parse($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{path}");

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = Task.Run(() => AnswerAsync(client));
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var path = (await reader.ReadLineAsync(_stop.Token))!.Split(' ')[1];
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 })
        {
            // The rest of the request says nothing of interest.
        }
        var picture = await File.ReadAllBytesAsync(PathOf("rgb.png"));
        switch (path)
        {
            case "/rgb.png":
                await SendAsync($"200 OK\r\nContent-Type: image/png\r\nContent-Length: {picture.Length}", picture);
                break;
            case "/chunks":
                await SendAsync("200 OK\r\nTransfer-Encoding: chunked", [.. Encoding.ASCII.GetBytes($"{picture.Length:x}\r\n"), .. picture, .. "\r\n0\r\n\r\n"u8]);
                break;
            case "/redirect":
                await SendAsync("301 Moved Permanently\r\nLocation: /rgb.png\r\nContent-Length: 0", []);
                break;
            case "/loop":
                await SendAsync("302 Found\r\nLocation: /loop\r\nContent-Length: 0", []);
                break;
            case "/page":
                await SendAsync("200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 37", "<!doctype html><title>a page</title>\n"u8.ToArray());
                break;
            case "/declared-large":
                await SendAsync("200 OK\r\nContent-Length: 60000000", []);
                break;
            case "/endless":
                await SendAsync("200 OK", new byte[100_000]);
                await Task.Delay(Timeout.Infinite, _stop.Token);
                break;
            case "/cut":
                await SendAsync($"200 OK\r\nContent-Length: {picture.Length}", picture[..50]);
                break;
            case "/silent":
                await Task.Delay(Timeout.Infinite, _stop.Token);
                break;
            case "/stalls":
                await SendAsync($"200 OK\r\nContent-Length: {picture.Length}", picture[..50]);
                await Task.Delay(Timeout.Infinite, _stop.Token);
                break;
            default:
                await SendAsync("404 Not Found\r\nContent-Length: 0", []);
                break;
        }

        async Task SendAsync(string head, byte[] body)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"), _stop.Token);
            await stream.WriteAsync(body, _stop.Token);
        }
    }
}
