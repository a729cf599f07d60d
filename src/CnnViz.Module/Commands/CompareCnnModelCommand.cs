using System.Management.Automation;
using CnnViz.Parameters;
using CnnViz.Reading;

namespace CnnViz.Commands;

/// <summary>Compares two checkpoints or architectures on the same pictures: answers, explanations and activations.</summary>
[Cmdlet(VerbsData.Compare, "CnnModel")]
[OutputType(typeof(ModelComparison), typeof(ModelComparisonSummary))]
public sealed class CompareCnnModelCommand : ModelCommand
{
    private readonly List<(CnnImage Reference, CnnImage Difference)> _batch = [];
    private readonly List<ModelComparison> _all = [];
    private CnnModel _reference = null!;
    private CnnModel _difference = null!;

    /// <summary>The model that is compared with: from Import-CnnModel, or its name or path.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource Reference { get; set; } = null!;

    /// <summary>The other model.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource Difference { get; set; } = null!;

    /// <summary>The pictures: paths (wildcards allowed), http(s) addresses, files, CnnImage or CnnTensor objects, or results with an Image.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipeline = true)]
    [ImageSourceTransformation]
    [SupportsWildcards]
    public ImageSource[] Image { get; set; } = [];

    /// <summary>The method of the explanations that are compared.</summary>
    [Parameter]
    public SaliencyMethod Method { get; set; } = SaliencyMethod.GradCam;

    /// <summary>The layers whose activations are compared; left out, convolutions and dense layers where the architectures are the same.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>Auto resizes and crops all pictures but those made for the network; None takes them as they are; Standard resizes and crops all.</summary>
    [Parameter]
    public PreprocessingMode Preprocessing { get; set; }

    /// <summary>The pictures computed together.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = 16;

    /// <summary>Gives one summary of all pictures instead of a comparison of each.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Ends with an error where a larger part of the answers, 0 to 1, has changed: a gate for automation.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? FailAbove { get; set; }

    /// <summary>Ends with an error where the mean rank correlation of the explanations, -1 to 1, is smaller.</summary>
    [Parameter]
    [ValidateRange(-1.0, 1.0)]
    public double? MinimumCorrelation { get; set; }

    private ModelComparisonOptions Options => new() { Method = Method, Layer = Layer, Preprocessing = Preprocessing };

    /// <inheritdoc/>
    protected override void Begin() => Require(() =>
    {
        (_reference, _difference) = (Open(Reference), Open(Difference));
        ModelComparer.Check(_reference, _difference, Options);
    });

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var source in Image)
        {
            Attempt(() => Add(ModelComparer.Prepare(_reference, _difference, source.Read(cancellation: Cancellation), Preprocessing)));
            if (_batch.Count >= BatchSize)
                Flush();
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        Flush();
        if (_all.Count == 0)
            return;
        var summary = ModelComparisonSummary.Of(_all);
        if (Summary)
            WriteObject(summary);
        Require(() => summary.Require(FailAbove, MinimumCorrelation));
    }

    /// <summary>What a model was given as it stands may have other sizes than its neighbours: only pictures of one size are computed together.</summary>
    private void Add((CnnImage Reference, CnnImage Difference) image)
    {
        if (_batch.Count > 0 && !(NetworkInput.IsAlike(_batch[0].Reference, image.Reference) && NetworkInput.IsAlike(_batch[0].Difference, image.Difference)))
            Flush();
        _batch.Add(image);
    }

    private void Flush()
    {
        var images = _batch.ToArray();
        _batch.Clear();
        if (images.Length == 0)
            return;
        Attempt(() =>
        {
            var comparisons = Compute(() => ModelComparer.Compare(_reference, _difference, images, Options, Cancellation));
            // The summary needs no pictures and no maps of what has been written already.
            _all.AddRange(comparisons.Select(comparison => comparison with
            {
                Image = null!,
                Reference = comparison.Reference with { Image = null! },
                Difference = comparison.Difference with { Image = null! },
                ReferenceMap = null!,
                DifferenceMap = null!,
            }));
            if (!Summary)
                WriteObject(comparisons, enumerateCollection: true);
        });
    }
}
