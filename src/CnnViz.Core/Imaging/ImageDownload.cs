using System.Net;
using CnnViz.Files;

namespace CnnViz.Imaging;

/// <summary>Fetches a picture over http(s): redirects followed, the size bounded while it arrives, a silent server given up.</summary>
internal static class ImageDownload
{
    /// <summary>The bytes at the address.</summary>
    /// <exception cref="CnnVizException"><c>DownloadFailed</c>: no answer, an error status, too many bytes, silence, or something that is no picture.</exception>
    public static byte[] Get(Uri address, ImageReadOptions options, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            // Off the caller's context: PowerShell's pipeline thread waits here.
            return Task.Run(() => GetAsync(address, options, silence), cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Errors.DownloadFailed(address.AbsoluteUri, $"the server was silent for {options.DownloadTimeout.TotalSeconds:0.#} seconds.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Errors.DownloadFailed(address.AbsoluteUri, failure.InnerException?.Message ?? failure.Message, failure);
        }
    }

    private static async Task<byte[]> GetAsync(Uri address, ImageReadOptions options, CancellationTokenSource silence)
    {
        silence.CancelAfter(options.DownloadTimeout);
        using var response = await Web.Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            throw Errors.DownloadFailed(address.AbsoluteUri, $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        if (response.Content.Headers.ContentLength > options.MaximumDownloadBytes)
            throw TooLarge(address, $"it has {response.Content.Headers.ContentLength:N0} bytes", options);

        using var bytes = new MemoryStream();
        using var content = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        var buffer = new byte[81_920];
        while (true)
        {
            silence.CancelAfter(options.DownloadTimeout);
            var count = await content.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
            if (count == 0)
                break;
            bytes.Write(buffer, 0, count);
            if (bytes.Length > options.MaximumDownloadBytes)
                throw TooLarge(address, "it goes on", options);
        }
        var file = bytes.ToArray();
        CheckContent(address, response.Content.Headers.ContentType?.MediaType, file);
        return file;
    }

    /// <summary>Says what arrived where it is no picture: most often a page about the picture.</summary>
    private static void CheckContent(Uri address, string? mediaType, byte[] file)
    {
        if (NpyFile.IsNpy(file))
            return;
        try
        {
            _ = ImageSignature.Recognise(file);
        }
        catch (ImageCodecException failure)
        {
            throw Errors.DownloadFailed(address.AbsoluteUri,
                $"what arrived is no picture but {mediaType ?? "something without a type"}. {failure.Message} Give the address of the picture itself.", failure);
        }
    }

    private static CnnVizException TooLarge(Uri address, string found, ImageReadOptions options) =>
        Errors.DownloadFailed(address.AbsoluteUri, $"{found}, more than the limit of {options.MaximumDownloadBytes:N0} bytes.");
}
