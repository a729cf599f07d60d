using System.Management.Automation;
using CnnViz.Imaging;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>Applies a filter to pictures, as a layer of a network does: Sobel, lines, sharpening, blur, or one's own.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CnnConvolution")]
[OutputType(typeof(ConvolutionResult))]
public sealed class InvokeCnnConvolutionCommand : CnnCommand
{
    private Kernel? _kernel;

    /// <summary>Pictures: paths (wildcards), addresses, files, tensors, or results with a picture.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ImageSourceTransformation]
    public ImageSource[] Image { get; set; } = [];

    /// <summary>The filter: its name, a 2-D array, rows of numbers such as <c>@((0,1,0), (1,-4,1), (0,1,0))</c>, or a CnnFilter.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(KernelCompleter))]
    public object Kernel { get; set; } = "";

    /// <summary>Same: zeros around the picture, which keeps its size. Valid: only where the whole filter fits.</summary>
    [Parameter]
    public ConvolutionPadding Padding { get; set; }

    /// <summary>Pixels from one result to the next; 1 unless told.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int Stride { get; set; } = 1;

    /// <summary>The transposed convolution: every pixel spreads the filter over the result, which is larger by the stride.</summary>
    [Parameter]
    public SwitchParameter Transpose { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _kernel = KernelArgument.Parse(Kernel);

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var source in Image)
        {
            Attempt(() => WriteObject(ImageFilter.Apply(
                source.Read(cancellation: Cancellation), _kernel!, new ConvolutionOptions { Padding = Padding, Stride = Stride, Transpose = Transpose })));
        }
    }
}
