using System.Management.Automation;
using CnnViz.Parameters;
using CnnViz.Reading;

namespace CnnViz.Commands;

/// <summary>Shows the kernels of a model's convolutions.</summary>
[Cmdlet(VerbsCommon.Get, "CnnFilter")]
[OutputType(typeof(CnnFilter))]
public sealed class GetCnnFilterCommand : ModelCommand
{
    /// <summary>The model: from Import-CnnModel, or its name or path.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource Model { get; set; } = null!;

    /// <summary>The convolutions by their dotted names, wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConvolutionCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>The output channels wanted, from 0; left out, all.</summary>
    [Parameter(Position = 1)]
    public int[] Index { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        var model = Open(Model);
        foreach (var layer in Layer)
            Attempt(() => WriteObject(Compute(() => FilterReader.Read(model, layer, Index)), enumerateCollection: true));
    }
}
