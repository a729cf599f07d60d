namespace CnnViz.Runtime;

/// <summary>A NuGet package with native libraries, which is too large to be part of the module and is downloaded where it is used.</summary>
/// <param name="Identifier">Its lower-case name in NuGet.</param>
/// <param name="Version">Its version.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha512">Its SHA-512 in lower-case hex.</param>
/// <param name="Folder">The folder in it with the libraries, ending in a slash.</param>
/// <param name="Libraries">The names of the libraries that are needed of it.</param>
/// <param name="Target">The folder to put them into.</param>
internal sealed record NativePackage(
    string Identifier, string Version, long Bytes, string Sha512, string Folder, IReadOnlyList<string> Libraries, string Target)
{
    /// <summary>libtorch for the platform of this process.</summary>
    /// <exception cref="CnnVizException"><c>PlatformUnsupported</c>.</exception>
    public static NativePackage LibTorch => LibTorchFor(NativePlatform.Current, NativeLibraries.InstallFolder);

    /// <summary>Name and version: the beginning of the names of its files.</summary>
    public string Name => $"{Identifier}.{Version}";

    /// <summary>The name of the file in the target that holds the digest of what was installed.</summary>
    public string Receipt => $"{Name}.installed";

    /// <summary>Whether this very package is installed.</summary>
    public bool IsInstalled => Path.Join(Target, Receipt) is var receipt && File.Exists(receipt) && File.ReadAllText(receipt) == Sha512;

    /// <summary>libtorch for a platform.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="target">The folder to put it into.</param>
    public static NativePackage LibTorchFor(NativePlatform platform, string target)
    {
        var (bytes, sha512) = platform.Identifier switch
        {
            "linux-x64" => (128_200_806,
                "5e3b9a170aaabf0b2dc9e516cb3ff1b5f84e0deb266a0a0f28eed3d15466896f" +
                "abd29270b1707fbc7c9d03b8adf7181edfa3d25d6d6a2f2451cef33727c8bd50"),
            "osx-arm64" => (56_910_439,
                "9e36d6e0d6e39cedd462c672989039100f24bc5419bde5b6ad54b4ed08a760ec" +
                "7182cea1c9915323cdb3043b748b1d72451099faff9f9bea475c6dfb58a8f284"),
            _ => (79_854_046,
                "aafac47bc6fc53548f9eca92856809f6013f51fcc58aaf9044f25d01e831c2d1" +
                "0180bfe364f40fbca021a9892911ee646fa0170a2f38d0a0eabc368742e02a10"),
        };
        return new($"libtorch-cpu-{platform.Identifier}", LibTorchVersion.Expected, bytes, sha512,
            $"runtimes/{platform.Identifier}/native/", platform.LibTorch, target);
    }
}
