using CnnViz.Runtime;

namespace CnnViz.Natives;

/// <summary>
/// The folder that programs load native libraries from: <c>&lt;platform&gt;/native</c> below it. Files that are there
/// already, as old and as large as the package's, are left alone.
/// </summary>
/// <param name="packages">Folders of unpacked NuGet packages with <c>runtimes/&lt;platform&gt;/native</c> in them.</param>
/// <param name="target">The folder.</param>
internal sealed class NativeLayout(IReadOnlyList<string> packages, string target)
{
    /// <summary>libtorch, TorchSharp's and SkiaSharp's libraries for the platform of this process; nothing where libtorch is not built for it.</summary>
    /// <exception cref="IOException">A package lacks a library, or it cannot be written.</exception>
    public void FillForThisPlatform()
    {
        if (NativePlatform.All.FirstOrDefault(platform => platform.Identifier == NativePlatform.HostIdentifier) is { } platform)
            Fill(platform, [.. platform.LibTorch, platform.TorchSharp, platform.SkiaSharp]);
    }

    /// <summary>TorchSharp's and SkiaSharp's libraries for all platforms; Install-CnnRuntime downloads libtorch.</summary>
    /// <exception cref="IOException">A package lacks a library, or it cannot be written.</exception>
    public void FillForPacking()
    {
        foreach (var platform in NativePlatform.All)
            Fill(platform, [platform.TorchSharp, platform.SkiaSharp]);
    }

    private void Fill(NativePlatform platform, IEnumerable<string> names)
    {
        var folder = Path.Join(target, platform.Identifier, "native");
        Directory.CreateDirectory(folder);
        foreach (var name in names)
            Place(Find(platform, name), Path.Join(folder, name));
    }

    /// <summary>A library in the packages; macOS' is one file for all processors in some.</summary>
    private string Find(NativePlatform platform, string name)
    {
        string[] platforms = [platform.Identifier, platform.Identifier.Split('-')[0]];
        var paths = packages.SelectMany(_ => platforms, (package, part) => Path.Join(package, "runtimes", part, "native", name));
        return paths.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"none of the packages has {name} for {platform.Identifier}; looked in {string.Join(", ", packages)}");
    }

    private static void Place(string source, string path)
    {
        var (from, to) = (new FileInfo(source), new FileInfo(path));
        if (to.Exists && to.Length == from.Length && to.LastWriteTimeUtc == from.LastWriteTimeUtc)
            return;
        var beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.Copy(source, beside);
            VersionNeed.Weaken(beside);
            File.SetLastWriteTimeUtc(beside, from.LastWriteTimeUtc);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
