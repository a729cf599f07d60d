using System.Management.Automation;
using CnnViz.Imaging;

namespace CnnViz.Commands;

/// <summary>Reads pictures: PNG, JPEG, WebP, GIF, BMP and TIFF files, .npy tensors, and http(s) addresses.</summary>
[Cmdlet(VerbsData.Import, "CnnImage", DefaultParameterSetName = PathSet)]
[OutputType(typeof(CnnImage), typeof(CnnTensor))]
public sealed class ImportCnnImageCommand : CnnCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string UrlSet = "Url";

    /// <summary>Files, with wildcards, or http(s) addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files, letter for letter; Get-ChildItem's files bind here.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>http(s) addresses; redirects are followed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UrlSet)]
    [Alias("Uri")]
    public Uri[] Url { get; set; } = [];

    /// <summary>Makes colour pictures grey, by luma.</summary>
    [Parameter]
    public SwitchParameter AsGrey { get; set; }

    /// <summary>Gives a .npy file as the tensor that it is, of any shape and range.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>The most pixels of a picture, checked before any is decoded; 100 million.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaximumPixels { get; set; } = ImageReadOptions.Default.MaximumPixels;

    /// <summary>The most bytes to download; 50 million.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaximumDownloadBytes { get; set; } = ImageReadOptions.Default.MaximumDownloadBytes;

    /// <summary>How many seconds a server may stay silent; 30.</summary>
    [Parameter]
    [ValidateRange(0.001, 86_400)]
    public double TimeoutSec { get; set; } = ImageReadOptions.Default.DownloadTimeout.TotalSeconds;

    private ImageReadOptions Options => ImageReadOptions.Default with
    {
        MaximumPixels = MaximumPixels,
        MaximumDownloadBytes = MaximumDownloadBytes,
        DownloadTimeout = TimeSpan.FromSeconds(TimeoutSec),
    };

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var path in Path)
        {
            Attempt(() =>
            {
                if (ImageSource.IsAddress(path))
                    Read(ImageSource.Parse(path));
                else
                    ReadAll(ResolveInput(path));
            });
        }
        foreach (var path in LiteralPath)
            Attempt(() => ReadAll(ResolveInput(path, isLiteral: true)));
        foreach (var address in Url)
            Attempt(() => Read(Address(address)));
    }

    private void ReadAll(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
            Attempt(() => Read(ImageSource.FromPath(path)));
    }

    private void Read(ImageSource source)
    {
        Cancellation.ThrowIfCancellationRequested();
        var tensor = Raw ? source.ReadTensor(Options, Cancellation) : source.Read(Options, Cancellation);
        var result = AsGrey && tensor is CnnImage image ? ImageConversion.ToGrey(image) : tensor;
        WriteVerbose($"Read '{source}': {string.Join(" × ", result.Shape)} ({result.Layout}).");
        WriteObject(result);
    }

    private static ImageSource Address(Uri address) => address.IsAbsoluteUri && ImageSource.IsAddress(address.AbsoluteUri)
        ? ImageSource.FromUrl(address)
        : throw Errors.DownloadFailed(address.OriginalString, "it is no http or https address.");
}
