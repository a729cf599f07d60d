using System.Management.Automation;
using CnnViz.Parameters;
using CnnViz.Running;
using CnnViz.Training;

namespace CnnViz.Commands;

/// <summary>
/// Trains any model on any pictures and gives a new one. With -Freeze, and a new head where the dataset has other classes, it is transfer learning.
/// Ctrl+C keeps the epochs that are done: as the model in $CnnInterruptedModel, and in the checkpoint where there is one.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "CnnTraining", SupportsShouldProcess = true)]
[OutputType(typeof(CnnModel))]
public sealed class InvokeCnnTrainingCommand : TrainingCommand
{
    private static readonly ModelTrainingOptions Defaults = new();

    /// <summary>The model to start from: from Import-CnnModel, New-CnnModel or a training, or its name or path. It is not changed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource Model { get; set; } = null!;

    /// <summary>'digits', 'patterns', a folder with IDX files or with a folder of pictures a class, or a dataset from Import-CnnDataset.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(DatasetNameCompleter))]
    [ValidateNotNull]
    public object Dataset { get; set; } = "";

    /// <summary>Passes over the training pictures.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Epoch { get; set; } = Defaults.Epoch;

    /// <summary>Pictures a step.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int BatchSize { get; set; } = Defaults.BatchSize;

    /// <summary>The learning rate; left out, 0.001, and 0.01 for Sgd.</summary>
    [Parameter]
    public double? LearningRate { get; set; }

    /// <summary>Adam, AdamW (decoupled weight decay) or Sgd.</summary>
    [Parameter]
    public OptimizerKind Optimizer { get; set; } = Defaults.Optimizer;

    /// <summary>The momentum of Sgd.</summary>
    [Parameter]
    public double Momentum { get; set; } = Defaults.Momentum;

    /// <summary>Nesterov's momentum for Sgd.</summary>
    [Parameter]
    public SwitchParameter Nesterov { get; set; }

    /// <summary>The pull of the weights towards 0.</summary>
    [Parameter]
    public double WeightDecay { get; set; }

    /// <summary>How the learning rate goes: Constant, Cosine, Linear, Step (a tenth at the half and at three quarters) or InverseTime.</summary>
    [Parameter]
    public Schedule Schedule { get; set; }

    /// <summary>How fast InverseTime falls: the rate is divided by 1 + decay times the step, as Keras' decay does.</summary>
    [Parameter]
    public double Decay { get; set; } = Defaults.Decay;

    /// <summary>
    /// Layers that stay as they are: names, wildcards, or blocks such as features or layer1.0. Frozen batch normalisation goes by its running statistics,
    /// frozen dropout drops nothing. What the frozen part in front makes of a picture is computed once, unless pictures are varied.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public string[] Freeze { get; set; } = [];

    /// <summary>Batch normalisations stay as they are: for fine-tuning on few pictures, whose batches tell too little of mean and variance.</summary>
    [Parameter]
    public SwitchParameter FreezeNormalization { get; set; }

    /// <summary>The classes to tell apart; left out, the dataset's. Where the model has another number, it gets a new head with random weights.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? ClassCount { get; set; }

    /// <summary>How pictures are varied: shift, flip, rotate, scale, brightness, each with how much ('rotate 15', 'shift 0.1', 'shift 2' pixels) or the usual.</summary>
    [Parameter]
    [Alias("Augment")]
    [ArgumentCompleter(typeof(AugmentationCompleter))]
    public string[] Augmentation { get; set; } = [];

    /// <summary>The part of the training pictures that is set aside to tell how well it goes, such as 0.1.</summary>
    [Parameter]
    public double ValidationSplit { get; set; }

    /// <summary>Ends after so many epochs without a smaller validation loss, with the weights of the best epoch; needs -ValidationSplit.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Patience { get; set; }

    /// <summary>The bytes of memory that prepared pictures, or what frozen layers make of them, may take; 2GB unless told.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long CacheLimit { get; set; } = Defaults.CacheLimit;

    /// <summary>The seed of every random choice.</summary>
    [Parameter]
    public long Seed { get; set; } = Defaults.Seed;

    /// <inheritdoc/>
    protected override void Process()
    {
        var dataset = DatasetArgument.Open(SessionState.Path, Dataset);
        var model = Compute(() => Model.Open());
        foreach (var warning in model.Warnings)
            WriteWarning(warning);
        if (dataset.Train.ClassCount != model.ClassCount && ClassCount != model.ClassCount)
            WriteVerbose($"{model.Name} tells {model.ClassCount} classes apart: it gets a new head for {ClassCount ?? dataset.Train.ClassCount}.");
        Train(dataset, run => ModelTraining.Train(model, dataset, Options, run));
    }

    private ModelTrainingOptions Options => new()
    {
        Epoch = Epoch,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Optimizer = Optimizer,
        Momentum = Momentum,
        Nesterov = Nesterov,
        WeightDecay = WeightDecay,
        Schedule = Schedule,
        Decay = Decay,
        Freeze = Freeze,
        FreezeNormalization = FreezeNormalization,
        ClassCount = ClassCount,
        Augmentation = Augmentation,
        ValidationSplit = ValidationSplit,
        Patience = Patience,
        CacheLimit = CacheLimit,
        Seed = Seed,
    };
}
