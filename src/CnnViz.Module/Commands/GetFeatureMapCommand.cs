using System.Management.Automation;
using CnnViz.Parameters;
using CnnViz.Reading;

namespace CnnViz.Commands;

/// <summary>Shows what the layers of a model make of pictures.</summary>
[Cmdlet(VerbsCommon.Get, "FeatureMap", DefaultParameterSetName = ImagePipeline)]
[OutputType(typeof(FeatureMap))]
public sealed class GetFeatureMapCommand : ImageCommand<FeatureMapOptions>
{
    /// <summary>The layers by their dotted names, wildcards allowed; Get-CnnLayer lists them.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>The channels wanted, from 0; left out, all.</summary>
    [Parameter]
    public int[] Channel { get; set; } = [];

    /// <summary>Only so many channels, those of the largest mean activation.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Top { get; set; }

    /// <inheritdoc/>
    protected override FeatureMapOptions Options => new() { Layer = Layer, Channel = Channel, Top = Top, Preprocessing = Mode };

    /// <inheritdoc/>
    protected override void Check(CnnModel model, FeatureMapOptions options) => FeatureReader.FindLayers(model, options);

    /// <inheritdoc/>
    protected override IEnumerable<object> Read(CnnModel model, IReadOnlyList<CnnImage> images, FeatureMapOptions options) => FeatureReader.Read(model, images, options);
}
