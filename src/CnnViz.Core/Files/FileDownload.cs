using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CnnViz.Running;

namespace CnnViz.Files;

/// <summary>
/// Fetches a large file into a partial one that stays when the transfer breaks: the next attempt goes on from there. Whether the parts fit together
/// is for the caller to check, who knows the digest of the whole.
/// </summary>
/// <param name="address">Where the file lies; redirects are followed.</param>
/// <param name="path">The partial file; what it holds already is kept and gone on from.</param>
/// <param name="options">Limits, progress and cancellation.</param>
internal sealed class FileDownload(Uri address, string path, FileDownloadOptions options)
{
    private const int BufferBytes = 1 << 17;
    private const double Megabyte = 1e6;

    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);

    private long _bytes;
    // 0 as long as it is not known.
    private long _totalBytes;

    private long PresentBytes => File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>Fetches what is missing. A transfer that breaks is taken up again as long as each attempt brings it further.</summary>
    /// <returns>True where what was there already was gone on from, false where all of it is new.</returns>
    /// <exception cref="CnnVizException"><c>DownloadFailed</c>, <c>OutputUnwritable</c>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the partial file stays.</exception>
    public bool Run()
    {
        // On another thread, so that this one, which alone may write to PowerShell's host, can report.
        var transfer = Task.Run(TransferAsync);
        var clock = Stopwatch.StartNew();
        var firstByte = -1L;
        while (Task.WaitAny([transfer], ReportInterval) < 0)
        {
            if (firstByte < 0 && Interlocked.Read(ref _totalBytes) > 0)
                firstByte = Interlocked.Read(ref _bytes);
            Report(clock.Elapsed, Math.Max(0, firstByte));
        }
        return transfer.GetAwaiter().GetResult();
    }

    private void Report(TimeSpan elapsed, long firstByte)
    {
        var total = Interlocked.Read(ref _totalBytes);
        if (options.Progress is null || total == 0)
            return;
        var bytes = Interlocked.Read(ref _bytes);
        var pace = Math.Max(0, bytes - firstByte) / elapsed.TotalSeconds;
        options.Progress.Report(new RunProgress(
            options.Activity,
            (int)(bytes / Megabyte),
            (int)Math.Ceiling(total / Megabyte),
            string.Create(CultureInfo.InvariantCulture, $"at {pace / Megabyte:0.0} MB/s"),
            elapsed,
            pace > 0 ? TimeSpan.FromSeconds((total - bytes) / pace) : null)
        { Unit = "MB" });
    }

    private async Task<bool> TransferAsync()
    {
        var furthest = PresentBytes;
        while (true)
        {
            try
            {
                return await AttemptAsync().ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                var reached = Interlocked.Read(ref _bytes);
                if (reached <= furthest)
                    throw Failed(failure.InnerException?.Message ?? failure.Message, failure);
                furthest = reached;
            }
        }
    }

    private async Task<bool> AttemptAsync()
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation);
        try
        {
            return await FetchAsync(silence).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!options.Cancellation.IsCancellationRequested)
        {
            throw Failed(string.Create(CultureInfo.InvariantCulture, $"the server was silent for {options.SilenceLimit.TotalSeconds:0.#} seconds."));
        }
    }

    private async Task<bool> FetchAsync(CancellationTokenSource silence)
    {
        var present = PresentBytes;
        silence.CancelAfter(options.SilenceLimit);
        using var answer = await AskAsync(present, silence.Token).ConfigureAwait(false);
        var range = answer.Content.Headers.ContentRange;
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && range?.Length == present)
            return true;
        if (answer.StatusCode == HttpStatusCode.PartialContent && range?.From == present)
        {
            await CopyAsync(answer, present, silence).ConfigureAwait(false);
            return true;
        }
        // What is here is no part of what is there, or the server gives whole files only.
        var isMisfit = answer.StatusCode is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable;
        using var second = isMisfit ? await AskAsync(0, silence.Token).ConfigureAwait(false) : null;
        var whole = second ?? answer;
        if (whole.StatusCode != HttpStatusCode.OK)
            throw Failed($"the server answered {(int)whole.StatusCode} {whole.ReasonPhrase}.");
        await CopyAsync(whole, 0, silence).ConfigureAwait(false);
        return false;
    }

    private async Task<HttpResponseMessage> AskAsync(long from, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (from > 0)
            request.Headers.Range = new RangeHeaderValue(from, null);
        return await Web.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes what comes behind the bytes that are kept.</summary>
    private async Task CopyAsync(HttpResponseMessage response, long kept, CancellationTokenSource silence)
    {
        Interlocked.Exchange(ref _bytes, kept);
        var total = kept + (response.Content.Headers.ContentLength ?? options.ExpectedBytes - kept);
        Interlocked.Exchange(ref _totalBytes, total);
        if (total > options.MaximumBytes)
            throw Failed($"it has {total:N0} bytes, where {options.ExpectedBytes:N0} are expected.");
        using var part = Open(kept);
        using var content = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        var buffer = new byte[BufferBytes];
        while (true)
        {
            silence.CancelAfter(options.SilenceLimit);
            var count = await content.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
            if (count == 0)
                break;
            Guard(() => part.Write(buffer, 0, count));
            if (Interlocked.Add(ref _bytes, count) > options.MaximumBytes)
                throw Failed($"it goes on behind the {options.ExpectedBytes:N0} bytes that are expected.");
        }
    }

    private FileStream Open(long kept)
    {
        FileStream? part = null;
        Guard(() =>
        {
            // Unbuffered, so that nothing is left to be written when it is closed.
            part = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
            if (part.Length > kept)
                part.SetLength(kept);
            part.Position = kept;
        });
        return part!;
    }

    /// <summary>Tells a full disk from a broken line, which both are an <see cref="IOException"/>.</summary>
    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.OutputUnwritable(path, failure.Message, failure);
        }
    }

    private CnnVizException Failed(string reason, Exception? inner = null) => Errors.DownloadFailed(address.AbsoluteUri, reason, inner, isFatal: true);
}
