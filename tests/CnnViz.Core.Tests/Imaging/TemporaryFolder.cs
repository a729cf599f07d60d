namespace CnnViz.Tests.Imaging;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cnnviz-test-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public IEnumerable<string> FileNames => _folder.EnumerateFileSystemInfos().Select(entry => entry.Name);

    public void Dispose() => _folder.Delete(recursive: true);
}
