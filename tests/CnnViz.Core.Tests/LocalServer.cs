using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CnnViz.Tests;

/// <summary>An HTTP server on this machine that answers as it is told, and a connection at a time is closed when it has.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Exchange, Task> _answer;

    /// <summary>Starts it at a free port.</summary>
    /// <param name="answer">Answers one request.</param>
    public LocalServer(Func<Exchange, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Task.Run(ServeAsync);
    }

    public int Port { get; }

    public Uri At(string path) => new($"http://127.0.0.1:{Port}{path}");

    /// <summary>Lets nobody connect any more.</summary>
    public void Close() => _listener.Stop();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

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
        var lines = new List<string>();
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
            lines.Add(line);
        await _answer(new Exchange([.. lines], stream, _stop.Token));
    }

    /// <summary>A request and the way back.</summary>
    /// <param name="Lines">The request line and the header lines.</param>
    /// <param name="Stream">Where the answer goes.</param>
    /// <param name="Stop">Cancelled when the server ends.</param>
    public sealed record Exchange(string[] Lines, Stream Stream, CancellationToken Stop)
    {
        public string Path => Lines[0].Split(' ')[1];

        /// <summary>Sends status and headers, and after a while the body.</summary>
        public async Task SendAsync(string head, byte[] body, TimeSpan delay = default)
        {
            await Stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"), Stop);
            await Task.Delay(delay, Stop);
            await Stream.WriteAsync(body, Stop);
        }
    }
}
