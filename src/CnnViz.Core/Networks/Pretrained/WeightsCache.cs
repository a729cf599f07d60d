using System.Security.Cryptography;
using CnnViz.Files;

namespace CnnViz.Networks.Pretrained;

/// <summary>
/// The folder that official weights are kept in once they have come. A file gets its name there only when it is whole and its SHA-256 is right;
/// until then it is a <c>.part</c>, from which the next attempt goes on.
/// </summary>
/// <param name="folder">The folder; made where it is missing.</param>
public sealed class WeightsCache(string folder)
{
    private const string MirrorVariable = "CNNVIZ_WEIGHTS_URL";
    private const double SizeTolerance = 1.05;
    private const int LeastTolerance = 1 << 20;

    /// <summary>The user's: <c>cnnviz</c> in <c>$XDG_CACHE_HOME</c>, <c>~/.cache</c>, <c>~/Library/Caches</c> or <c>%LOCALAPPDATA%</c>.</summary>
    public static WeightsCache Default => new(CacheFolder.Path);

    /// <summary>Where the weights lie, or would.</summary>
    public string PathOf(OfficialWeights weights) => Path.Combine(folder, weights.FileName);

    /// <summary>Whether they are there.</summary>
    public bool Contains(OfficialWeights weights) => File.Exists(PathOf(weights));

    /// <summary>The path of the weights, downloaded where they are not there yet. Of several processes one downloads and the others wait.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="options">Whether the network may be used, and who is told.</param>
    /// <exception cref="CnnVizException"><c>WeightsNotCached</c>, <c>DownloadFailed</c>, <c>WeightsCorrupt</c>, <c>OutputUnwritable</c>,
    /// <c>ArgumentInvalid</c>: the mirror is no address.</exception>
    public string Get(OfficialWeights weights, WeightsOptions options)
    {
        var path = PathOf(weights);
        if (File.Exists(path))
            return path;
        var address = AddressOf(weights);
        if (options.Offline)
            throw Errors.WeightsNotCached(weights.Architecture, path, address.AbsoluteUri);
        OutputFile.MakeFolder(folder);
        using var held = FileLock.Acquire($"{path}.lock", Waiting, options.Cancellation);
        // Another process may have brought them while this one waited.
        if (!File.Exists(path))
            Fetch(weights, address, path, options);
        return path;

        void Waiting() => options.Message?.Invoke($"Another process is downloading the weights of {weights.Architecture}; waiting for it.");
    }

    private static void Fetch(OfficialWeights weights, Uri address, string path, WeightsOptions options)
    {
        options.Message?.Invoke($"Downloading the weights of {weights.Architecture} ({weights.Bytes / 1e6:0.0} MB) from {address} to {path}.");
        var part = $"{path}.part";
        var download = new FileDownloadOptions
        {
            Activity = $"Downloading {weights.Architecture}",
            ExpectedBytes = weights.Bytes,
            MaximumBytes = (long)(weights.Bytes * SizeTolerance) + LeastTolerance,
            SilenceLimit = options.SilenceLimit,
            Progress = options.Progress,
            Cancellation = options.Cancellation,
        };
        while (true)
        {
            var wentOn = new FileDownload(address, part, download).Run();
            var digest = Digest(part);
            if (digest.StartsWith(weights.Digest, StringComparison.Ordinal))
                break;
            DeleteQuietly(part);
            // Parts of two files do not make one: what was there already may be at fault, so that a fresh start is worth a try.
            if (!wentOn)
                throw Errors.WeightsCorrupt(address.AbsoluteUri, digest, weights.Digest);
        }
        try
        {
            File.Move(part, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.OutputUnwritable(path, failure.Message, failure);
        }
    }

    private static string Digest(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is in the way of nobody.
        }
    }

    private static Uri AddressOf(OfficialWeights weights)
    {
        var mirror = Environment.GetEnvironmentVariable(MirrorVariable);
        if (string.IsNullOrEmpty(mirror))
            return weights.Address;
        return Uri.TryCreate($"{mirror.TrimEnd('/')}/{weights.FileName}", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw Errors.ArgumentInvalid(MirrorVariable, mirror, "the http(s) address of a folder with the weight files");
    }
}
