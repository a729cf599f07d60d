using System.Management.Automation;
using CnnViz.Attacks;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>
/// Shows adversarial examples to models: which model's examples fool which. One result for every pair; saved or shown as pictures, they are one matrix.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnTransfer")]
[OutputType(typeof(TransferRate))]
public sealed class MeasureCnnTransferCommand : ModelCommand
{
    private readonly List<AdversarialExample> _examples = [];

    /// <summary>The models that are shown the examples; left out, those that the examples were made against.</summary>
    [Parameter(Position = 0)]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource[] Model { get; set; } = [];

    /// <summary>The examples, from New-AdversarialExample.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Auto shows examples as they are; Standard resizes and crops them, for models that take pictures of another size.</summary>
    [Parameter]
    public PreprocessingMode Preprocessing { get; set; }

    /// <summary>Pictures computed together.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = new TransferOptions().BatchSize;

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var item in InputObject)
            Attempt(() => _examples.Add(item.BaseObject as AdversarialExample ?? throw Errors.NotAnExample(item.BaseObject, item.TypeNames[0])));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_examples.Count == 0)
            return;
        IReadOnlyList<CnnModel> models = Model.Length > 0
            ? Array.ConvertAll(Model, Open)
            : [.. _examples.Select(example => example.Model ?? throw Errors.ExamplesWithoutModel()).DistinctBy(model => (model.Name, model.WeightsHash))];
        foreach (var (source, model) in Model.Zip(models))
            WarnOfRandomWeights(source, model);
        using var progress = ShowProgress();
        var rates = Compute(() => TransferMeter.Measure(_examples, models, new TransferOptions { Preprocessing = Preprocessing, BatchSize = BatchSize }, progress, Cancellation));
        WriteObject(rates, enumerateCollection: true);
    }
}
