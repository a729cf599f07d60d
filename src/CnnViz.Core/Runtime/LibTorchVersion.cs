using System.Globalization;
using System.Text.RegularExpressions;

namespace CnnViz.Runtime;

/// <summary>The version of the libtorch that is loaded, against the one that TorchSharp was built for.</summary>
internal static unsafe partial class LibTorchVersion
{
    /// <summary>The version that TorchSharp 0.107.0 was built for.</summary>
    public const string Expected = "2.10.0";

    /// <summary>Refuses a libtorch of another version: TorchSharp would call functions that have changed.</summary>
    /// <param name="folder">The folder that it was loaded from.</param>
    /// <param name="abiVersion">The address of its <c>aoti_torch_abi_version</c>; 0 where it has none, as before 2.8.</param>
    /// <exception cref="CnnVizException"><c>RuntimeVersionMismatch</c>.</exception>
    public static void Check(string folder, nint abiVersion)
    {
        var found = abiVersion == 0 ? Recorded(folder) : Format(((delegate* unmanaged[Cdecl]<ulong>)abiVersion)());
        if (found != Expected)
            throw Errors.RuntimeVersionMismatch(folder, found ?? "an older version", Expected);
    }

    /// <summary>The version in a file beside libtorch's: of its own archive, of a Python package, of a link's target; null where none is.</summary>
    public static string? Recorded(string folder)
    {
        string?[] texts =
        [
            TextOf(Path.Join(folder, "..", "build-version")),
            TextOf(Path.Join(folder, "..", "version.py")),
            LinkTargetOf(Path.Join(folder, "libtorch_cpu.so")),
        ];
        return texts.OfType<string>().Select(text => VersionNumber().Match(text)).FirstOrDefault(match => match.Success)?.Value;
    }

    /// <summary>The text of a packed version: major, minor and patch in the three highest bytes.</summary>
    public static string Format(ulong packed) =>
        string.Create(CultureInfo.InvariantCulture, $"{packed >> 56}.{packed >> 48 & 0xff}.{packed >> 40 & 0xff}");

    private static string? TextOf(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    private static string? LinkTargetOf(string path) => File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.Name : null;

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex VersionNumber();
}
