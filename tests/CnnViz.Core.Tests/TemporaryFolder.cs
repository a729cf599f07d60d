namespace CnnViz.Tests;

/// <summary>A folder that goes away with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cnnviz-").FullName;

    public IEnumerable<string> FileNames => new DirectoryInfo(Path).EnumerateFileSystemInfos().Select(entry => entry.Name);

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string relativePath, byte[] bytes)
    {
        var path = this[relativePath];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
