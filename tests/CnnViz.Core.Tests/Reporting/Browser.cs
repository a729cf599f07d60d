using Microsoft.Playwright;

namespace CnnViz.Tests.Reporting;

/// <summary>A headless browser of this machine with one page; what its console is told is kept.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["chrome.exe", "msedge.exe"]
        : ["chromium", "chromium-browser", "google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<string> _messages = [];

    private Browser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (_playwright, _browser, Page) = (playwright, browser, page);
        page.Console += (_, message) => _messages.Add(message.Text);
        page.PageError += (_, error) => _messages.Add(error);
    }

    /// <summary>The program; null where there is none on the PATH.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Join(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What the console was told, and errors of the page.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Starts the browser with a page that shows a file.</summary>
    public static async Task<Browser> Open(string path)
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", (string)AppContext.GetData("CnnViz.PlaywrightPackage")!);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            // Containers that run as root have no sandbox.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var opened = new Browser(playwright, browser, await browser.NewPageAsync());
        await opened.Page.GotoAsync(new Uri(path).AbsoluteUri);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
