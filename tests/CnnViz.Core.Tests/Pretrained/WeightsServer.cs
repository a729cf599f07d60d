using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CnnViz.Tests.Pretrained;

/// <summary>A server on this machine that gives one file, as well or as badly as it is told.</summary>
internal sealed class WeightsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _file;

    public WeightsServer(byte[] file)
    {
        _file = file;
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>The header lines of each request, in order; the first is the request line.</summary>
    public List<string[]> Requests { get; } = [];

    /// <summary>After so many bytes of a body the line breaks; one figure a request, null for none.</summary>
    public Queue<int?> Breaks { get; } = new();

    public bool KnowsRanges { get; set; } = true;

    /// <summary>What Content-Length says too much.</summary>
    public int LengthLie { get; set; }

    /// <summary>Another answer than the file: a status line.</summary>
    public string? Status { get; set; }

    /// <summary>Where requests are sent to first.</summary>
    public string? RedirectFrom { get; set; }

    /// <summary>The time before the body.</summary>
    public TimeSpan Delay { get; set; }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/weights-0123abcd.pth");

    public int RangeRequests => Requests.Count(request => request.Any(line => line.StartsWith("Range:", StringComparison.OrdinalIgnoreCase)));

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
        int? breakAfter;
        lock (Requests)
        {
            Requests.Add([.. lines]);
            breakAfter = Breaks.TryDequeue(out var count) ? count : null;
        }
        var path = lines[0].Split(' ')[1];
        if (Status is not null)
            await SendAsync($"{Status}\r\nContent-Length: 0", []);
        else if (path == RedirectFrom)
            await SendAsync($"302 Found\r\nLocation: /elsewhere{Address.AbsolutePath}\r\nContent-Length: 0", []);
        else
            await GiveAsync();

        async Task GiveAsync()
        {
            var range = lines.Find(line => line.StartsWith("Range:", StringComparison.OrdinalIgnoreCase));
            var from = range is null || !KnowsRanges ? 0 : int.Parse(range[(range.IndexOf('=', StringComparison.Ordinal) + 1)..].TrimEnd('-'), CultureInfo.InvariantCulture);
            if (from >= _file.Length)
            {
                await SendAsync($"416 Range Not Satisfiable\r\nContent-Range: bytes */{_file.Length}\r\nContent-Length: 0", []);
                return;
            }
            var status = from == 0 ? "200 OK" : $"206 Partial Content\r\nContent-Range: bytes {from}-{_file.Length - 1}/{_file.Length}";
            var body = _file[from..];
            await SendAsync($"{status}\r\nContent-Length: {body.Length + LengthLie}", breakAfter is { } bytes && bytes < body.Length ? body[..bytes] : body);
        }

        async Task SendAsync(string head, byte[] body)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"), _stop.Token);
            if (Delay > TimeSpan.Zero)
                await Task.Delay(Delay, _stop.Token);
            await stream.WriteAsync(body, _stop.Token);
        }
    }
}
