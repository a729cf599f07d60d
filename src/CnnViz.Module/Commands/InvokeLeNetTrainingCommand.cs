using System.Management.Automation;
using CnnViz.Parameters;
using CnnViz.Running;
using CnnViz.Training;

namespace CnnViz.Commands;

/// <summary>
/// Trains LeNet-5. Ctrl+C keeps the last whole epoch: as the model in $CnnInterruptedModel, and in the checkpoint where there is one.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "LeNetTraining", SupportsShouldProcess = true)]
[OutputType(typeof(CnnModel))]
public sealed class InvokeLeNetTrainingCommand : TrainingCommand
{
    private static readonly LeNetTrainingOptions Defaults = new();

    /// <summary>'digits', a folder with IDX files or with a folder a class, or a dataset from Import-CnnDataset.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(DatasetNameCompleter))]
    [ValidateNotNull]
    public object Dataset { get; set; } = Defaults.Dataset;

    /// <summary>Thesis (batch normalisation, max-pooling, dropout) or LeCun1998 (as published).</summary>
    [Parameter]
    public LeNetVariant Variant { get; set; } = Defaults.Variant;

    /// <summary>The side of the kernels, 5 or 3; Thesis only.</summary>
    [Parameter]
    [ValidateSet("5", "3")]
    public int KernelSize { get; set; } = Defaults.KernelSize;

    /// <summary>Passes over the training pictures.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Epoch { get; set; } = Defaults.Epoch;

    /// <summary>Pictures a step; left out, 256, or 64 for LeCun1998.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? BatchSize { get; set; }

    /// <summary>The learning rate of Adam; left out, 0.001, 0.003 with -Augment, 0.004 for LeCun1998.</summary>
    [Parameter]
    public double? LearningRate { get; set; }

    /// <summary>How the learning rate goes over the training; left out, Constant, or Cosine with -Augment and for LeCun1998.</summary>
    [Parameter]
    public Schedule? Schedule { get; set; }

    /// <summary>Varies the pictures by small rotations, scalings and shifts.</summary>
    [Parameter]
    public SwitchParameter Augment { get; set; }

    /// <summary>The seed of every random choice.</summary>
    [Parameter]
    public long Seed { get; set; } = Defaults.Seed;

    /// <inheritdoc/>
    protected override void Process()
    {
        var dataset = DatasetArgument.Open(SessionState.Path, Dataset);
        Train(dataset, run => LeNetTraining.Train(dataset, Options, run));
    }

    private LeNetTrainingOptions Options => new()
    {
        Variant = Variant,
        KernelSize = KernelSize,
        Epoch = Epoch,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Schedule = Schedule,
        Augment = Augment,
        Seed = Seed,
    };
}
