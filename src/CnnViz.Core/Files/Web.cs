namespace CnnViz.Files;

/// <summary>The way to servers: one client for all, which follows redirects and takes the proxy that the environment names.</summary>
internal static class Web
{
    /// <summary>The client. It waits for ever: whoever uses it says how long a server may be silent.</summary>
    public static HttpClient Client { get; } = MakeClient();

    private static HttpClient MakeClient()
    {
        var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("CnnViz/" + typeof(Web).Assembly.GetName().Version!.ToString(3));
        return client;
    }
}
