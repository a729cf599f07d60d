using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CnnViz.Tests.Reporting;

/// <summary>A headless browser with one page, driven by the DevTools protocol; what its console is told is kept.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const int BufferSize = 1 << 16;
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _messages = [];
    private string? _session;
    private int _id;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>The program; null where there is none.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => System.IO.Path.Join(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>What the console was told, and errors of the page.</summary>
    public IReadOnlyList<string> Messages => _messages;

    public static async Task<Chromium> Start()
    {
        var profile = Directory.CreateTempSubdirectory().FullName;
        var process = Process.Start(new ProcessStartInfo(
            Path!, ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank"])
        { RedirectStandardError = true })!;
        const string announcement = "DevTools listening on ";
        string? line;
        do
            line = await process.StandardError.ReadLineAsync();
        while (line?.StartsWith(announcement, StringComparison.Ordinal) == false);
        // What it says further is of no interest, but has to be read.
        _ = process.StandardError.ReadToEndAsync();
        var browser = new Chromium(process, profile);
        await browser._socket.ConnectAsync(new Uri(line![announcement.Length..]), CancellationToken.None);
        var target = await browser.Send("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        var attached = await browser.Send("Target.attachToTarget", new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true });
        browser._session = (string)attached["sessionId"]!;
        foreach (var domain in (string[])["Page", "Runtime", "Log"])
            await browser.Send($"{domain}.enable", []);
        return browser;
    }

    public async Task Open(Uri page)
    {
        await Send("Page.navigate", new JsonObject { ["url"] = page.AbsoluteUri });
        for (var tries = 0; tries < 600 && await Evaluate("document.readyState + location.protocol") != "completefile:"; tries++)
            await Task.Delay(100);
    }

    public Task Resize(int width, int height) => Send("Emulation.setDeviceMetricsOverride", new JsonObject
    {
        ["width"] = width,
        ["height"] = height,
        ["deviceScaleFactor"] = 1,
        ["mobile"] = true,
    });

    /// <summary>The value of an expression as text.</summary>
    public async Task<string?> Evaluate(string expression)
    {
        var answer = await Send("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true });
        Assert.Null(answer["exceptionDetails"]?.ToJsonString());
        return answer["result"]!["value"] is JsonValue value ? value.GetValueKind() == JsonValueKind.String ? (string)value! : value.ToJsonString() : null;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private async Task<JsonNode> Send(string method, JsonObject parameters)
    {
        var request = new JsonObject { ["id"] = ++_id, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
            request["sessionId"] = _session;
        await _socket.SendAsync(Encoding.UTF8.GetBytes(request.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
        while (true)
        {
            var message = await Receive();
            if ((string?)message["method"] is "Runtime.consoleAPICalled" or "Runtime.exceptionThrown" or "Log.entryAdded")
                _messages.Add(message.ToJsonString());
            if ((int?)message["id"] == _id)
                return message["result"] ?? throw new InvalidOperationException(message.ToJsonString());
        }
    }

    private async Task<JsonNode> Receive()
    {
        using var text = new MemoryStream();
        var buffer = new byte[BufferSize];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(text.ToArray())!;
    }
}
