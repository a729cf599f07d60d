using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using CnnViz.Backend;
using CnnViz.Files;

namespace CnnViz.Runtime;

/// <summary>Puts what the backend needs beside its assembly into place: fetches packages, checked by size and SHA-512, and builds libraries.</summary>
public static class RuntimeInstaller
{
    private const int ShownLines = 12;
    private const int LeastTolerance = 1 << 20;

    /// <summary>Where the backend's assembly lies, and its libraries are to lie.</summary>
    public static string Directory => Path.GetDirectoryName(typeof(TorchRuntime).Assembly.Location)!;

    /// <summary>Installs what is missing, and loads libtorch.</summary>
    /// <param name="options">How.</param>
    /// <exception cref="CnnVizException"><c>DownloadFailed</c>, <c>RuntimeCorrupt</c>, <c>RuntimeBuildFailed</c>, <c>OutputUnwritable</c>; <c>RuntimeMissing</c>: it does not load even so;
    /// <c>RuntimeNeedsNewSession</c>: it was fetched, and this process has failed to find it before.</exception>
    public static void Install(RuntimeInstallOptions options)
    {
        Install(TorchRuntime.PartsIn(Directory), TorchSetup.Ensure, options);
        options.Message?.Invoke($"libtorch {TorchRuntime.LibTorchVersion} is in place.");
    }

    /// <summary>Installs the parts of a backend that are missing.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="load">Loads the runtime, or throws.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CnnVizException">As the other.</exception>
    public static void Install(NativeParts parts, Action load, RuntimeInstallOptions options)
    {
        NativePackage[] missing = [.. parts.Packages.Where(package => options.Force || !package.IsInstalled)];
        foreach (var package in missing)
            Fetch(package, options);
        if (parts.Build is { } build && (options.Force || !Loads()))
            Build(build, options);
        try
        {
            load();
        }
        catch (CnnVizException failure) when (missing.Length > 0)
        {
            // A runtime that was looked for in vain is not looked for again in the same process.
            throw Errors.RuntimeNeedsNewSession(failure);
        }
    }

    /// <summary>Fetches a package and puts its libraries into place; the receipt is written last, so that what was interrupted is done again.</summary>
    public static void Fetch(NativePackage package, RuntimeInstallOptions options)
    {
        options.Message?.Invoke($"Fetching {package.Name} ({package.Bytes / 1e6:0} MB) from {package.Address}.");
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
            var wentOn = new FileDownload(package.Address, part, download).Run();
            var digest = Digest(part);
            if (digest == package.Sha512)
                break;
            File.Delete(part);
            // Parts of two files do not make one: what was there already may be at fault.
            if (!wentOn)
                throw Errors.RuntimeCorrupt(package.Address.AbsoluteUri, digest, package.Sha512);
        }
        Guard(package.Target, () =>
        {
            File.Delete(package.Receipt);
            Unpack(part, package);
            File.WriteAllText(package.Receipt, package.Sha512);
            File.Delete(part);
        });
    }

    /// <summary>Builds libraries with CMake in a temporary folder and puts them into place.</summary>
    public static void Build(NativeBuild build, RuntimeInstallOptions options)
    {
        if (!File.Exists(Path.Join(build.Sources, "CMakeLists.txt")))
            throw Errors.RuntimeBuildFailed($"their sources are not in '{build.Sources}'.", "Install the module again.");
        string[] missing = [.. build.Tools.Where(tool => !IsOnPath(tool))];
        if (missing.Length > 0)
            throw Errors.RuntimeBuildFailed($"there is no {string.Join(" and no ", missing)} here.", build.Advice);
        var folder = System.IO.Directory.CreateTempSubdirectory("cnnviz-build-").FullName;
        try
        {
            options.Message?.Invoke($"Building the native libraries from {build.Sources}; this takes about a minute.");
            RunTool(["-S", build.Sources, "-B", folder, "-DCMAKE_BUILD_TYPE=Release", .. build.Arguments], build, options);
            RunTool(["--build", folder, "--parallel"], build, options);
            foreach (var name in build.Results)
                Guard(build.Target, () => PutIntoPlace(Path.Join(build.Target, name), beside => File.Copy(Path.Join(folder, name), beside)));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Loads()
    {
        try
        {
            TorchSetup.Ensure();
            _ = ImageCodec.Version;
            return true;
        }
        catch (Exception failure) when (failure is CnnVizException or BackendException)
        {
            return false;
        }
    }

    private static bool IsOnPath(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Join(folder, tool)));

    private static void RunTool(string[] arguments, NativeBuild build, RuntimeInstallOptions options)
    {
        var start = new ProcessStartInfo(build.Tools[0], arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var ending = options.Cancellation.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        options.Cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode == 0)
            return;
        var said = $"{output}\n{errors.GetAwaiter().GetResult()}".Split('\n', StringSplitOptions.RemoveEmptyEntries);
        throw Errors.RuntimeBuildFailed($"{build.Tools[0]} says\n{string.Join('\n', said[Math.Max(0, said.Length - ShownLines)..])}\n", build.Advice);
    }

    private static string Digest(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA512.HashData(stream));
    }

    /// <summary>The files of one folder of the archive, without those below it: a name leads nowhere else.</summary>
    private static void Unpack(string archive, NativePackage package)
    {
        using var zip = ZipFile.OpenRead(archive);
        foreach (var entry in zip.Entries.Where(entry => entry.Name.Length > 0 && entry.FullName == package.Folder + entry.Name))
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
