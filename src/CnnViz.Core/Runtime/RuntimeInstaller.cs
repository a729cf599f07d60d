using System.IO.Compression;
using System.Security.Cryptography;
using CnnViz.Files;

namespace CnnViz.Runtime;

/// <summary>
/// Installs libtorch: finds its package in a NuGet feed, downloads it, checks its size and SHA-512, and puts the libraries that are
/// needed of it into place, all of them or none.
/// </summary>
public static class RuntimeInstaller
{
    private const int LeastTolerance = 1 << 20;

    /// <summary>The folder that libtorch is installed into.</summary>
    /// <exception cref="CnnVizException"><c>PlatformUnsupported</c>.</exception>
    public static string Folder => NativeLibraries.InstallFolder;

    /// <summary>Installs libtorch where none is found, and loads it.</summary>
    /// <param name="options">How.</param>
    /// <exception cref="CnnVizException"><c>RuntimePackageMissing</c>, <c>DownloadFailed</c>, <c>RuntimeCorrupt</c>, <c>OutputUnwritable</c>;
    /// as <see cref="TorchSetup.Ensure"/>: it does not load even so.</exception>
    public static void Install(RuntimeInstallOptions options)
    {
        if (options.Force || !NativeLibraries.HasLibTorch)
            Install(NativePackage.LibTorch, options);
        TorchSetup.Ensure();
        options.Message?.Invoke($"libtorch {LibTorchVersion.Expected} is in '{Path.GetDirectoryName(NativeLibraries.TorchCpuFile)}'.");
    }

    /// <summary>Installs a package from the first feed that has it. Of several processes one installs it and the others wait.</summary>
    /// <param name="package">The package.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CnnVizException"><c>RuntimePackageMissing</c>, <c>DownloadFailed</c>, <c>RuntimeCorrupt</c>, <c>OutputUnwritable</c>.</exception>
    internal static void Install(NativePackage package, RuntimeInstallOptions options)
    {
        var parent = Path.GetDirectoryName(package.Target)!;
        OutputFile.MakeFolder(parent);
        var isInstalledElsewhere = false;
        using var held = FileLock.Acquire(Path.Join(parent, $"{package.Name}.lock"), Waiting, options.Cancellation);
        if (isInstalledElsewhere && package.IsInstalled)
            return;
        var address = Find(package, options);
        if (address.IsFile)
        {
            Check(package, address.LocalPath, address.LocalPath);
            Unpack(package, address.LocalPath);
            return;
        }
        var part = Path.Join(parent, $"{package.Name}.part");
        Download(package, address, part, options);
        Unpack(package, part);
        Guard(part, () => File.Delete(part));

        void Waiting()
        {
            isInstalledElsewhere = true;
            options.Message?.Invoke($"Another process is installing {package.Name}; waiting for it.");
        }
    }

    private static Uri Find(NativePackage package, RuntimeInstallOptions options)
    {
        IReadOnlyList<PackageFeed> feeds = options.Source is { } source ? [new PackageFeed(source)] : PackageFeed.Configured(Environment.CurrentDirectory);
        var refusals = new List<string>();
        foreach (var feed in feeds)
        {
            var (address, reason) = feed.Find(package, options.Cancellation);
            if (address is not null)
                return address;
            refusals.Add($"'{feed.Source}': {reason}");
        }
        throw Errors.RuntimePackageMissing(package.Name, refusals);
    }

    private static void Download(NativePackage package, Uri address, string part, RuntimeInstallOptions options)
    {
        options.Message?.Invoke($"Downloading {package.Name} ({package.Bytes / 1e6:0} MB) from {address}.");
        var download = new FileDownloadOptions
        {
            Activity = $"Downloading {package.Name}",
            ExpectedBytes = package.Bytes,
            MaximumBytes = package.Bytes + LeastTolerance,
            Progress = options.Progress,
            Cancellation = options.Cancellation,
        };
        var wentOn = new FileDownload(address, part, download).Run();
        if (wentOn && Digest(part) != package.Sha512)
        {
            // Parts of two files do not make one: what was there already may be at fault.
            Guard(part, () => File.Delete(part));
            new FileDownload(address, part, download).Run();
        }
        try
        {
            Check(package, part, address.AbsoluteUri);
        }
        catch (CnnVizException)
        {
            Guard(part, () => File.Delete(part));
            throw;
        }
    }

    private static void Check(NativePackage package, string path, string source)
    {
        var digest = "";
        Guard(path, () => digest = Digest(path));
        if (digest != package.Sha512)
            throw Errors.RuntimeCorrupt(source, digest, package.Sha512);
    }

    private static string Digest(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA512.HashData(stream));
    }

    /// <summary>Puts the libraries that are needed, and nothing else of the archive, into a new folder that then takes the target's name.</summary>
    private static void Unpack(NativePackage package, string archive)
    {
        var beside = $"{package.Target}.{Guid.NewGuid():N}";
        var (added, replaced) = ($"{beside}.new", $"{beside}.old");
        Guard(package.Target, () =>
        {
            try
            {
                Directory.CreateDirectory(added);
                using (var zip = ZipFile.OpenRead(archive))
                {
                    foreach (var name in package.Libraries)
                        zip.GetEntry(package.Folder + name)!.ExtractToFile(Path.Join(added, name));
                }
                File.WriteAllText(Path.Join(added, package.Receipt), package.Sha512);
                if (Directory.Exists(package.Target))
                    Directory.Move(package.Target, replaced);
                Directory.Move(added, package.Target);
            }
            finally
            {
                foreach (var folder in (string[])[added, replaced])
                {
                    if (Directory.Exists(folder))
                        Directory.Delete(folder, recursive: true);
                }
            }
        });
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
