namespace CnnViz.Files;

/// <summary>The folder of one user for files that can be downloaded again.</summary>
internal static class CacheFolder
{
    /// <summary><c>cnnviz</c> in <c>$XDG_CACHE_HOME</c>, <c>~/.cache</c>, <c>~/Library/Caches</c> or <c>%LOCALAPPDATA%</c>.</summary>
    public static string Path => System.IO.Path.Combine(PlatformFolder(), "cnnviz");

    private static string PlatformFolder()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } chosen)
            return chosen;
        if (OperatingSystem.IsWindows())
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsMacOS()
            ? System.IO.Path.Combine(home, "Library", "Caches")
            : System.IO.Path.Combine(home, ".cache");
    }
}
