using System.Management.Automation;
using CnnViz.Parameters;
using CnnViz.Reading;

namespace CnnViz.Commands;

/// <summary>Shows what in pictures drives a model's scores.</summary>
[Cmdlet(VerbsCommon.Get, "SaliencyMap", DefaultParameterSetName = ImagePipeline)]
[OutputType(typeof(SaliencyMap))]
public sealed class GetSaliencyMapCommand : ImageCommand
{
    /// <summary>The methods, each of which gives a map.</summary>
    [Parameter(Position = 1)]
    public SaliencyMethod[] Method { get; set; } = [SaliencyMethod.Gradient];

    /// <summary>The classes: indices, labels, WordNet ids, or Top1 to TopN.</summary>
    [Parameter]
    public string[] Target { get; set; } = ["Top1"];

    /// <summary>The layers of class activation maps; left out, the last one with extent. Maps of several are averaged.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public string[] Layer { get; set; } = [];

    private SaliencyOptions Options => new() { Method = Method, Target = Target, Layer = Layer, Preprocessing = Preprocessing };

    /// <inheritdoc/>
    protected override void Check(CnnModel model) => SaliencyReader.Check(model, Options);

    /// <inheritdoc/>
    protected override IEnumerable<object> Read(CnnModel model, IReadOnlyList<CnnImage> images) => SaliencyReader.Read(model, images, Options, Cancellation);
}
