using System.Management.Automation;
using CnnViz.Networks;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>Lists the layers of a model: type, output shape, parameters, multiply-adds, receptive field, memory. Nothing is run.</summary>
[Cmdlet(VerbsCommon.Get, "CnnLayer")]
[OutputType(typeof(LayerInfo))]
public sealed class GetCnnLayerCommand : ModelCommand
{
    /// <summary>The model: from Import-CnnModel, or its name or path.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource Model { get; set; } = null!;

    /// <summary>The layers by their dotted names, wildcards allowed; left out, all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The size of the input in pixels, height and width or one number for both; left out, the model's own.</summary>
    [Parameter]
    [ValidateCount(1, 2)]
    [ValidateRange(1, 65536)]
    public int[]? InputSize { get; set; }

    /// <summary>The pictures computed together, for multiply-adds and memory.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = 1;

    /// <inheritdoc/>
    protected override void Process()
    {
        var network = Open(Model).Network;
        int[]? inputShape = InputSize is null ? null : [network.InputShape[0], InputSize[0], InputSize[^1]];
        var layers = NetworkAnalysis.Layers(network, inputShape, BatchSize);
        var positions = new SortedSet<int>();
        foreach (var name in Name)
            Attempt(() => positions.UnionWith(network.Match(name)));
        // The input is a node and has no row.
        foreach (var position in positions.Where(position => position > 0))
            WriteObject(layers[position - 1]);
    }
}
