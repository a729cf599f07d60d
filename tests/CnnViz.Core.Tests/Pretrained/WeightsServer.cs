using System.Globalization;

namespace CnnViz.Tests.Pretrained;

/// <summary>A server on this machine that gives one file, as well or as badly as it is told.</summary>
internal sealed class WeightsServer : IDisposable
{
    private readonly LocalServer _server;
    private readonly byte[] _file;

    public WeightsServer(byte[] file)
    {
        _file = file;
        _server = new LocalServer(AnswerAsync);
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

    public Uri Address => _server.At("/weights-0123abcd.pth");

    public int RangeRequests => Requests.Count(request => request.Any(line => line.StartsWith("Range:", StringComparison.OrdinalIgnoreCase)));

    public void Dispose() => _server.Dispose();

    private async Task AnswerAsync(LocalServer.Exchange exchange)
    {
        int? breakAfter;
        lock (Requests)
        {
            Requests.Add(exchange.Lines);
            breakAfter = Breaks.TryDequeue(out var count) ? count : null;
        }
        if (Status is not null)
            await SendAsync($"{Status}\r\nContent-Length: 0", []);
        else if (exchange.Path == RedirectFrom)
            await SendAsync($"302 Found\r\nLocation: /elsewhere{Address.AbsolutePath}\r\nContent-Length: 0", []);
        else
            await GiveAsync();

        async Task GiveAsync()
        {
            var range = Array.Find(exchange.Lines, line => line.StartsWith("Range:", StringComparison.OrdinalIgnoreCase));
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

        Task SendAsync(string head, byte[] body) => exchange.SendAsync(head, body, Delay);
    }
}
