namespace CnnViz.Backend;

/// <summary>A package of native libraries that is fetched where they are used, since it is too large to be shipped.</summary>
/// <param name="Name">Its name with its version.</param>
/// <param name="Address">Where it lies: a zip archive, as NuGet's are.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha512">Its SHA-512 in lower-case hex.</param>
/// <param name="Folder">The folder in it that holds the libraries, ending in a slash.</param>
/// <param name="Target">The folder that they are put into.</param>
public sealed record NativePackage(string Name, Uri Address, long Bytes, string Sha512, string Folder, string Target)
{
    /// <summary>The file that says that all of it is in place; it holds the digest.</summary>
    public string Receipt => Path.Join(Target, $"{Name}.installed");

    /// <summary>Whether all of it is in place.</summary>
    public bool IsInstalled => File.Exists(Receipt) && File.ReadAllText(Receipt) == Sha512;
}
