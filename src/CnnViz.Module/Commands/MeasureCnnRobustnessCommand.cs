using System.Management.Automation;
using CnnViz.Attacks;
using CnnViz.Parameters;
using CnnViz.Running;
using CnnViz.Sharding;

namespace CnnViz.Commands;

/// <summary>
/// Measures how many pictures of a dataset a model still reads rightly when each may be changed by so much: a point for every epsilon, with its confidence
/// interval. A threshold makes it a gate.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnRobustness")]
[OutputType(typeof(RobustnessPoint))]
public sealed class MeasureCnnRobustnessCommand : ModelCommand
{
    private static readonly RobustnessOptions Defaults = new();
    private static readonly AttackOptions AttackDefaults = new();

    /// <summary>The model: from Import-CnnModel, or its name or path.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource Model { get; set; } = null!;

    /// <summary>'digits', a folder with IDX files or with a folder of pictures a class, or a dataset from Import-CnnDataset.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(DatasetNameCompleter))]
    [ValidateNotNull]
    public object Dataset { get; set; } = "";

    /// <summary>The part of the dataset; left out, its test pictures.</summary>
    [Parameter]
    public DatasetSplit? Split { get; set; }

    /// <summary>The largest changes, each of which gives a point: numbers, or fractions as text such as '8/255'.</summary>
    [Parameter(Position = 1)]
    public Fraction[] Epsilon { get; set; } = [.. Defaults.Epsilon];

    /// <summary>The attacks; a picture counts as robust that withstands all of them.</summary>
    [Parameter]
    public AttackMethod[] Method { get; set; } = [.. Defaults.Method];

    /// <summary>How distance is measured.</summary>
    [Parameter]
    public AttackNorm Norm { get; set; }

    /// <summary>Steps; left out, the method's own.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int? Step { get; set; }

    /// <summary>The length of a step; left out, the method's own.</summary>
    [Parameter]
    public Fraction? StepSize { get; set; }

    /// <summary>Starts gradient attacks at a random place within epsilon.</summary>
    [Parameter]
    public SwitchParameter RandomStart { get; set; }

    /// <summary>Runs of a gradient attack.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Restart { get; set; } = AttackDefaults.Restart;

    /// <summary>How many pictures; left out, all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>Draws them at random instead of taking the first.</summary>
    [Parameter]
    public SwitchParameter Random { get; set; }

    /// <summary>Measures one of several equal parts of the pictures, such as 2/8, for Merge-CnnRobustness: so that machines can share a dataset.</summary>
    [Parameter]
    public Shard? Shard { get; set; }

    /// <summary>Judges pictures as they are instead of as they are after they were saved with 8 bits: as most libraries do.</summary>
    [Parameter]
    public SwitchParameter Unrounded { get; set; }

    /// <summary>Pictures attacked together.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = Defaults.BatchSize;

    /// <summary>The accuracy under attack, in [0,1], below which any point is an error.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? MinimumAccuracy { get; set; }

    /// <summary>The file that the state is written to after each batch.</summary>
    [Parameter]
    public string? CheckpointPath { get; set; }

    /// <summary>Goes on where the checkpoint left off.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Replaces a checkpoint that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The seed of all chance.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var model = Open(Model);
        var dataset = DatasetArgument.Open(SessionState.Path, Dataset).Part(Split);
        var checkpoint = ResolveCheckpoint(CheckpointPath, Resume, Force);
        var points = Measure(model, dataset, checkpoint);
        Cancellation.ThrowIfCancellationRequested();
        foreach (var point in points)
        {
            WriteObject(point);
            if (point.Accuracy < MinimumAccuracy)
                Attempt(() => throw Errors.RobustnessBelow(point.ModelName, point.Epsilon, point.Accuracy, MinimumAccuracy.Value));
        }
    }

    private IReadOnlyList<RobustnessPoint> Measure(CnnModel model, CnnDataset dataset, string? checkpoint)
    {
        using var progress = ShowProgress();
        return Compute(() =>
        {
            using var run = new RobustnessRun(model, dataset, Options);
            Run.ToEnd(run, new RunOptions { CheckpointPath = checkpoint, Resume = Resume, Progress = progress, Cancellation = Cancellation });
            return run.Points();
        });
    }

    private RobustnessOptions Options => new()
    {
        Epsilon = Epsilon,
        Method = Method,
        First = First,
        Random = Random,
        Unrounded = Unrounded,
        Shard = Shard,
        BatchSize = BatchSize,
        Attack = AttackDefaults with
        {
            Norm = Norm,
            Step = Step,
            StepSize = StepSize,
            RandomStart = RandomStart,
            Restart = Restart,
            Seed = Seed,
        },
    };
}
