using System.ComponentModel;
using System.Management.Automation;
using CnnViz.Imaging;
using CnnViz.Parameters;
using CnnViz.Reporting;
using CnnViz.Serialization;

namespace CnnViz.Commands;

/// <summary>What the cmdlets share that take anything with a picture from the pipeline.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PictureCommand : CnnCommand
{
    private readonly List<object> _parts = [];
    private DrawingOptions _drawing = DrawingOptions.Default;

    /// <summary>Pictures, tensors, results that carry or show a picture, paths, files and addresses.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Image")]
    [AllowNull]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>The colours of maps and grey pictures: viridis, magma, turbo, grey or diverging.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColorMapCompleter))]
    public string? ColorMap { get; set; }

    /// <summary>Writes each value into its pixel; for small pictures.</summary>
    [Parameter]
    public SwitchParameter Annotate { get; set; }

    /// <summary>The most digits behind the point of an annotation, 0 to 6.</summary>
    [Parameter]
    [ValidateRange(0, 6)]
    public int Decimals { get; set; } = 2;

    /// <summary>How saliency maps are shown: Map, Overlay, Mask or Channels. Auto is an overlay for coarse maps, else the map by itself.</summary>
    [Parameter]
    public MapView View { get; set; }

    /// <summary>A saliency map's share of its overlay, 0 to 1; 0.4 unless told.</summary>
    [Parameter]
    [ValidateRange(0f, 1f)]
    public float Alpha { get; set; } = MapViewOptions.Default.Alpha;

    /// <summary>How an overlay is put together: Blend, or Add, which darkens nothing. Blend unless told or a map's preset adds.</summary>
    [Parameter]
    public OverlayMode? OverlayMode { get; set; }

    /// <summary>
    /// The strongest colour of a saliency map stands for the magnitude up to which magnitudes come to so many per cent of the sum of all; 98 unless told, 100
    /// for the largest.
    /// </summary>
    [Parameter]
    [ValidateRange(double.Epsilon, 100)]
    public double Percentile { get; set; } = MapViewOptions.Default.Percentile;

    /// <summary>The part of the pixels that -View Mask hides, those that matter least; left out, each is shown as strongly as it matters.</summary>
    [Parameter]
    [ValidateRange(0.0, 0.99999)]
    public double? Quantile { get; set; }

    /// <summary>The choices of drawing that the parameters make.</summary>
    protected DrawingOptions Drawing => _drawing;

    /// <inheritdoc/>
    protected override void Begin() => _drawing = new DrawingOptions
    {
        Colors = ColorMap is null ? null : Imaging.ColorMap.Parse(ColorMap),
        Annotate = Annotate,
        Decimals = Decimals,
        Maps = new MapViewOptions { View = View, Alpha = Alpha, OverlayMode = OverlayMode, Percentile = Percentile, Quantile = Quantile },
    };

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        foreach (var item in InputObject ?? [null])
            Attempt(() => Take(item));
    }

    /// <inheritdoc/>
    protected sealed override void End()
    {
        Attempt(TakeParts);
        Finish();
    }

    /// <summary>Done once, after the last picture.</summary>
    protected virtual void Finish()
    {
    }

    /// <summary>Done for each picture.</summary>
    /// <param name="picture">The picture, not drawn yet.</param>
    /// <param name="item">What it came from.</param>
    protected abstract void Take(Picture picture, PSObject item);

    /// <summary>Done for what shows no picture.</summary>
    /// <exception cref="CnnVizException"><c>NotAPicture</c>, unless a cmdlet has another use for it.</exception>
    private protected virtual void TakeOther(object? thing) => throw Errors.NotAPicture(thing);

    private void Take(PSObject? item)
    {
        if (item is null)
        {
            TakeOther(null);
            return;
        }
        var thing = ResultConverter.Revive(item);
        if (_parts.Count > 0 && thing.GetType() != _parts[0].GetType())
            TakeParts();
        if (Picture.IsPart(thing))
        {
            _parts.Add(thing);
            return;
        }
        if (Picture.Of(thing) is { } picture)
        {
            Take(picture, item);
            return;
        }
        foreach (var source in Sources(item))
            Attempt(() => Take(Picture.Of(source.Read(cancellation: Cancellation))!, item));
    }

    /// <summary>Neighbours that show one picture together, as the points of a curve do.</summary>
    private void TakeParts()
    {
        if (_parts.Count == 0)
            return;
        // Of their own type, by which their picture is known.
        var parts = Array.CreateInstance(_parts[0].GetType(), _parts.Count);
        ((System.Collections.ICollection)_parts).CopyTo(parts, 0);
        _parts.Clear();
        Take(Picture.Of(parts)!, PSObject.AsPSObject(parts));
    }

    private ImageSource[] Sources(PSObject item)
    {
        try
        {
            return [.. ImageSourceTransformationAttribute.Sources(SessionState.Path, item)];
        }
        catch (ArgumentTransformationMetadataException)
        {
            TakeOther(item.BaseObject);
            return [];
        }
    }
}
