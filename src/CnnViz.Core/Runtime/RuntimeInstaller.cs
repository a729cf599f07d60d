using System.IO.Compression;
using System.Security.Cryptography;
using CnnViz.Files;

namespace CnnViz.Runtime;

/// <summary>Installs libtorch: downloads its package, checked by size and SHA-512, and unpacks what is needed of it.</summary>
public static class RuntimeInstaller
{
    private const int LeastTolerance = 1 << 20;

    /// <summary>The folder that libtorch is installed into.</summary>
    /// <exception cref="CnnVizException"><c>PlatformUnsupported</c>.</exception>
    public static string Folder => NativeLibraries.InstallFolder;

    /// <summary>Installs libtorch where none is found, and loads it.</summary>
    /// <param name="options">How.</param>
    /// <exception cref="CnnVizException"><c>DownloadFailed</c>, <c>RuntimeCorrupt</c>, <c>OutputUnwritable</c>; as <see cref="TorchSetup.Ensure"/>:
    /// it does not load even so.</exception>
    public static void Install(RuntimeInstallOptions options)
    {
        var package = NativePackage.LibTorch;
        if (options.Force || !(package.IsInstalled || NativeLibraries.HasLibTorch))
            Fetch(package, new Uri($"https://api.nuget.org/v3-flatcontainer/{package.Identifier}/{package.Version}/{package.Name}.nupkg"), options);
        TorchSetup.Ensure();
        options.Message?.Invoke($"libtorch {LibTorchVersion.Expected} is in '{Path.GetDirectoryName(NativeLibraries.TorchCpuFile)}'.");
    }

    /// <summary>Fetches a package and puts its libraries into place; the receipt is written last, so that what was interrupted is done again.</summary>
    internal static void Fetch(NativePackage package, Uri address, RuntimeInstallOptions options)
    {
        options.Message?.Invoke($"Fetching {package.Name} ({package.Bytes / 1e6:0} MB) from {address}.");
        OutputFile.MakeFolder(package.Target);
        var part = Path.Join(package.Target, $"{package.Name}.part");
        var download = new FileDownloadOptions
        {
            Activity = $"Fetching {package.Name}",
            ExpectedBytes = package.Bytes,
            MaximumBytes = package.Bytes + LeastTolerance,
            Progress = options.Progress,
            Cancellation = options.Cancellation,
        };
        while (true)
        {
            var wentOn = new FileDownload(address, part, download).Run();
            var digest = Digest(part);
            if (digest == package.Sha512)
                break;
            File.Delete(part);
            // Parts of two files do not make one: what was there already may be at fault.
            if (!wentOn)
                throw Errors.RuntimeCorrupt(address.AbsoluteUri, digest, package.Sha512);
        }
        Guard(package.Target, () =>
        {
            File.Delete(package.Receipt);
            Unpack(part, package);
            File.WriteAllText(package.Receipt, package.Sha512);
            File.Delete(part);
        });
    }

    private static string Digest(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA512.HashData(stream));
    }

    /// <summary>The libraries that are needed, and nothing else of the archive.</summary>
    private static void Unpack(string archive, NativePackage package)
    {
        using var zip = ZipFile.OpenRead(archive);
        foreach (var entry in package.Libraries.Select(name => zip.GetEntry(package.Folder + name)!))
            PutIntoPlace(Path.Join(package.Target, entry.Name), beside => entry.ExtractToFile(beside));
    }

    /// <summary>By a rename, since a process may have the old one open.</summary>
    private static void PutIntoPlace(string target, Action<string> make)
    {
        var beside = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            make(beside);
            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static void Guard(string target, Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.OutputUnwritable(target, failure.Message, failure);
        }
    }
}
