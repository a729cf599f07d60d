using System.Management.Automation;

namespace CnnViz.Parameters;

/// <summary>Paths as PowerShell understands them: relative to its location, with its drives and wildcards.</summary>
internal static class SessionPaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files that a path names. A path without wildcards is returned whether or not it exists: reading it tells.</summary>
    /// <param name="paths">The session's location and drives.</param>
    /// <param name="path">As the user gave it.</param>
    /// <returns>Full paths of the operating system, at least one.</returns>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>: nothing fits, or the path is not of a file system.</exception>
    public static IReadOnlyList<string> Resolve(PathIntrinsics paths, string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
            return [ResolveLiteral(paths, path)];
        try
        {
            var found = paths.GetResolvedProviderPathFromPSPath(path, out var provider);
            string[] files = provider.Name == FileSystem ? [.. found.Where(match => !Directory.Exists(match))] : [];
            return files.Length > 0 ? files : throw Errors.FileNotFound(path);
        }
        catch (WildcardPatternException)
        {
            // A lone bracket is no pattern; the name may stand for itself.
            return [ResolveLiteral(paths, path)];
        }
        catch (Exception failure) when (failure is SessionStateException or ProviderInvocationException)
        {
            throw Errors.FileNotFound(path);
        }
    }

    /// <summary>The full path of a file that may not exist yet. Wildcards are letters of the name.</summary>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>: there is no such drive, or it holds no files.</exception>
    public static string ResolveLiteral(PathIntrinsics paths, string path)
    {
        try
        {
            var resolved = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == FileSystem ? resolved : throw Errors.FileNotFound(path);
        }
        catch (Exception failure) when (failure is SessionStateException or ProviderInvocationException)
        {
            throw Errors.FileNotFound(path);
        }
    }
}
