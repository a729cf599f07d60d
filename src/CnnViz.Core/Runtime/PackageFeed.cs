using System.Text.Json;
using CnnViz.Files;
using NuGet.Configuration;

namespace CnnViz.Runtime;

/// <summary>A NuGet source that may have a package: a folder with package files, or the index of a feed (NuGet server API, version 3).</summary>
/// <param name="source">The folder's path, or the index's address.</param>
internal sealed class PackageFeed(string source)
{
    private const string ContentResource = "PackageBaseAddress/3.0.0";
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(30);

    /// <summary>The folder or address.</summary>
    public string Source => source;

    /// <summary>The feeds of this machine's NuGet settings (NuGet.Config of a folder, those above it, the user and the system).</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: the settings cannot be read.</exception>
    public static IReadOnlyList<PackageFeed> Configured(string folder)
    {
        try
        {
            var settings = Settings.LoadDefaultSettings(folder);
            var sources = PackageSourceProvider.LoadPackageSources(settings).Where(source => source.IsEnabled);
            return [.. sources.Select(source => new PackageFeed(source.Source))];
        }
        catch (NuGetConfigurationException failure)
        {
            throw Errors.ArgumentInvalid("NuGet.Config", failure.Message, "settings that NuGet can read; -Source names a feed without them");
        }
    }

    /// <summary>Where a package lies in this feed.</summary>
    /// <param name="package">The package.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The address, <c>file:</c> for one in a folder, or null with the reason why there is none.</returns>
    public (Uri? Address, string? Reason) Find(NativePackage package, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address) || address.IsFile)
            return FindInFolder(package);
        if (address.Scheme is not ("http" or "https"))
            return (null, $"'{address.Scheme}' is no kind of address that a feed has");
        try
        {
            return FindByIndex(address, package, cancellation);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or IOException)
        {
            return (null, failure.InnerException?.Message ?? failure.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, "it does not answer");
        }
    }

    private (Uri? Address, string? Reason) FindInFolder(NativePackage package)
    {
        var folder = Uri.TryCreate(source, UriKind.Absolute, out var address) ? address.LocalPath : Path.GetFullPath(source);
        if (!Directory.Exists(folder))
            return (null, "there is no such folder");
        string[] paths = [Path.Join(folder, $"{package.Name}.nupkg"), Path.Join(folder, package.Identifier, package.Version, $"{package.Name}.nupkg")];
        return Array.Find(paths, File.Exists) is { } path ? (new Uri(path), null) : (null, $"it has no {package.Name}.nupkg");
    }

    private static (Uri? Address, string? Reason) FindByIndex(Uri address, NativePackage package, CancellationToken cancellation)
    {
        using var index = Read(address, cancellation);
        if (index is null || ContentAddress(index.RootElement) is not { } content)
            return (null, "it is no index of a NuGet feed (version 3)");
        var folder = $"{content.TrimEnd('/')}/{package.Identifier}/";
        using var versions = Read(new Uri(address, $"{folder}index.json"), cancellation);
        return versions is not null && HasVersion(versions.RootElement, package.Version)
            ? (new Uri(address, $"{folder}{package.Version}/{package.Name}.nupkg"), null)
            : (null, $"it has no {package.Name}");
    }

    private static string? ContentAddress(JsonElement index)
    {
        if (index.ValueKind != JsonValueKind.Object || !index.TryGetProperty("resources", out var resources) || resources.ValueKind != JsonValueKind.Array)
            return null;
        return resources.EnumerateArray().Where(resource => TextOf(resource, "@type") == ContentResource).Select(resource => TextOf(resource, "@id")).FirstOrDefault();
    }

    private static bool HasVersion(JsonElement versions, string version) =>
        versions.ValueKind == JsonValueKind.Object && versions.TryGetProperty("versions", out var list) && list.ValueKind == JsonValueKind.Array
        && list.EnumerateArray().Any(entry => entry.ValueKind == JsonValueKind.String && entry.ValueEquals(version));

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <summary>A JSON document of a server; null where it has none of that address.</summary>
    private static JsonDocument? Read(Uri address, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(SilenceLimit);
        return Task.Run(() => ReadAsync(address, silence.Token), silence.Token).GetAwaiter().GetResult();
    }

    private static async Task<JsonDocument?> ReadAsync(Uri address, CancellationToken cancellation)
    {
        using var answer = await Web.Client.GetAsync(address, cancellation).ConfigureAwait(false);
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        using var content = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        return await JsonDocument.ParseAsync(content, default, cancellation).ConfigureAwait(false);
    }
}
