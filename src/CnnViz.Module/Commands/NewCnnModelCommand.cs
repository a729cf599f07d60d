using System.Management.Automation;
using CnnViz.Networks.Sequential;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>
/// Makes a model from a readable list of layers, with random weights: 'conv 64 7x7 same relu', 'maxpool 2', 'flatten', 'dense 128 relu', 'dropout 0.5',
/// 'dense 10'. Its layers are called conv1, relu1, maxpool1 …
/// </summary>
[Cmdlet(VerbsCommon.New, "CnnModel")]
[OutputType(typeof(CnnModel))]
public sealed class NewCnnModelCommand : CnnCommand
{
    /// <summary>
    /// The layers: conv MAPS KERNEL [same|valid|pad N] [stride N] [nobias] [activation] [he|glorot]; deconv MAPS KERNEL [stride N] [pad N] [nobias] [activation];
    /// maxpool|avgpool SIDE [stride N] [pad N]; globalpool; depthpool MAPS; lrn MAPS [alpha X] [beta X] [k X]; batchnorm; flatten;
    /// dense VALUES [activation] [he|glorot]; dropout PART; pad PIXELS; or an activation by itself: relu, relu6, elu, tanh, sigmoid, scaledtanh.
    /// The last one gives the logits: softmax belongs to the loss and the prediction.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(LayerDescriptionCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>Channels (1 for grey, 3 for colour), height and width of its pictures: 1,28,28.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public int[] InputShape { get; set; } = [];

    /// <summary>
    /// Filters that the first convolution starts with, one for each of its maps: names, 2-D arrays, rows of numbers in an array of arrays of arrays, or CnnFilter objects,
    /// as Invoke-CnnConvolution takes them. -Freeze conv1 keeps a training from changing them.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(KernelCompleter))]
    public object[]? Kernel { get; set; }

    /// <summary>The names of the classes.</summary>
    [Parameter]
    public string[] Label { get; set; } = [];

    /// <summary>What to call it.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>The seed of the random weights.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var kernels = Kernel is null ? null : Array.ConvertAll(Kernel, KernelArgument.Parse);
        WriteObject(Compute(() => SequentialModel.Create(Layer, InputShape, kernels, Seed, string.IsNullOrEmpty(Name) ? null : Name, Label)));
    }
}
