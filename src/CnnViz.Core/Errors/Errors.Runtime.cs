using System.Runtime.InteropServices;
using CnnViz.Runtime;
using static CnnViz.CnnErrorCategory;

namespace CnnViz;

/// <content>Errors of the native libraries: finding, loading and installing them.</content>
public static partial class Errors
{
    /// <summary>A platform that libtorch is not built for.</summary>
    public static CnnVizException PlatformUnsupported(string found, IEnumerable<string> supported) =>
        new("PlatformUnsupported", NotInstalled,
            $"This is {found}, for which libtorch is not available from NuGet. Supported: {string.Join(", ", supported)}. " +
            "Use CnnViz on one of these, or in a virtual machine or container of one.", found, isFatal: true);

    /// <summary>There is no libtorch in any of the folders where it may be.</summary>
    /// <param name="library">The library that was looked for.</param>
    /// <param name="folders">The folders, in the order of the search.</param>
    /// <param name="isChosen">True where the environment variable names the folder.</param>
    internal static CnnVizException LibTorchNotFound(string library, IEnumerable<string> folders, bool isChosen) =>
        new("RuntimeMissing", NotInstalled,
            $"libtorch is not installed: there is no {library} in {string.Join(" or ", folders.Select(folder => $"'{folder}'"))}. " + (isChosen
                ? $"{NativeLibraries.LibTorchVariable} must name the folder of a libtorch {LibTorchVersion.Expected}, or its lib folder; " +
                    "without the variable CnnViz uses its own."
                : $"Install-CnnRuntime downloads libtorch {LibTorchVersion.Expected} into the second folder; " +
                    $"{NativeLibraries.LibTorchVariable} can name the folder of another build of it."),
            isFatal: true);

    /// <summary>A native library of the module is not where it should be.</summary>
    internal static CnnVizException NativeLibraryNotFound(string path) =>
        new("RuntimeMissing", NotInstalled,
            $"'{path}' is missing: the installation of CnnViz is incomplete. Install the module again, or build it again.",
            path, isFatal: true);

    /// <summary>A native library that the system refuses.</summary>
    internal static CnnVizException NativeLibraryUnloadable(string path, Exception inner) =>
        new("RuntimeMissing", NotInstalled,
            $"'{path}' cannot be loaded. The system says: {OneLine(inner.Message)} Install what it names; " +
            "if the file is damaged, install the module and libtorch again (Install-CnnRuntime -Force).",
            path, isFatal: true, inner: inner);

    /// <summary>Libraries of Microsoft's Visual C++ are missing.</summary>
    internal static CnnVizException VisualCppMissing(string path, IReadOnlyList<string> missing, Exception inner) =>
        new("RuntimeMissing", NotInstalled,
            $"'{path}' cannot be loaded, because {string.Join(", ", missing)} of the Microsoft Visual C++ Redistributable " +
            $"{(missing.Count == 1 ? "is" : "are")} missing. Install its x64 package from " +
            "https://aka.ms/vs/17/release/vc_redist.x64.exe and start a new session.",
            path, isFatal: true, inner: inner);

    /// <summary>Native libraries for another processor.</summary>
    internal static CnnVizException RuntimeArchitectureMismatch(string path, Architecture found, Architecture expected, Exception inner) =>
        new("RuntimeArchitectureMismatch", NotInstalled,
            $"'{path}' is compiled for {found} processors; this process needs {expected}. " +
            $"Install the build for {expected}, or let {NativeLibraries.LibTorchVariable} name one.",
            path, isFatal: true, inner: inner);

    /// <summary>A libtorch of another version than TorchSharp's.</summary>
    internal static CnnVizException RuntimeVersionMismatch(string folder, string found, string expected) =>
        new("RuntimeVersionMismatch", NotInstalled,
            $"The libtorch in '{folder}' is {found}; TorchSharp needs {expected}. " +
            $"Let {NativeLibraries.LibTorchVariable} name a build of {expected}, or remove it to use CnnViz's own; then start a new session.",
            folder, isFatal: true);

    /// <summary>A build of libtorch without a function that every build of this version exports.</summary>
    internal static CnnVizException NativeFunctionMissing(string function, string path) =>
        new("RuntimeMissing", NotInstalled,
            $"'{path}' has no function {function}: it is not libtorch {LibTorchVersion.Expected} as PyTorch builds it. Use such a build.",
            path, isFatal: true);

    /// <summary>A package with native libraries that arrived whole and is not the right one.</summary>
    internal static CnnVizException RuntimeCorrupt(string source, string found, string expected) =>
        new("RuntimeCorrupt", InvalidData,
            $"The package from '{source}' has the SHA-512 {found[..16]}…; expected {expected[..16]}…. It was not installed. " +
            "Try again or from another source; behind a proxy, check what it delivers.", source, isFatal: true);

    /// <summary>No feed has the package with libtorch.</summary>
    internal static CnnVizException RuntimePackageMissing(string package, IReadOnlyList<string> refusals) =>
        new("RuntimePackageMissing", ObjectNotFound,
            $"No NuGet feed has {package}. " + (refusals.Count == 0
                ? "There is no feed in this machine's NuGet settings. "
                : $"Tried {string.Join("; ", refusals)}. ") +
            "-Source names another feed: the address of its index.json, or a folder with the package.", isFatal: true);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
