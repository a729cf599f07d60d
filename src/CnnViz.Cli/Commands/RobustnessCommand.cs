using System.CommandLine;
using System.Globalization;
using CnnViz.Attacks;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Data;

namespace CnnViz.Cli.Commands;

/// <summary>Measures a model's accuracy under attack.</summary>
internal sealed class RobustnessCommand : CliCommand
{
    private readonly ModelOptions _model;
    private readonly RecordOptions<RobustnessOptions> _options;
    private readonly RecordOptions<AttackOptions> _attack;
    private readonly Option<string> _dataset = new("--dataset") { Description = "A built-in dataset, or a folder with IDX files or with a folder a class.", DefaultValueFactory = _ => "digits" };
    private readonly Option<DatasetSplit?> _split = new("--split") { Description = "The part of it; left out, its test pictures." };
    private readonly Option<double?> _minimum = new("--minimum-accuracy") { Description = "The accuracy under attack, in [0,1], below which any point is an error." };
    private readonly CheckpointOptions _checkpoint;
    private readonly PictureOptions _pictures;

    public RobustnessCommand()
        : base("robustness", "Measures how many pictures of a dataset a model still reads rightly when each may be changed by so much. Below --minimum-accuracy it fails.",
            "cnnviz robustness --model lenet5-digits --epsilon 0,0.1,0.2,0.3 --output curve.png",
            "cnnviz robustness --model cifar10_resnet20 --dataset cifar --epsilon 2/255,8/255 --method Pgd,Square --first 200 --json",
            "cnnviz robustness --model lenet5-digits --epsilon 0.1 --minimum-accuracy 0.5")
    {
        _model = new ModelOptions(this);
        Add(_dataset);
        Add(_split);
        _options = new RecordOptions<RobustnessOptions>(this, _model.Details);
        _attack = new RecordOptions<AttackOptions>(this, _model.Details,
            [
                nameof(AttackOptions.Norm), nameof(AttackOptions.Step), nameof(AttackOptions.StepSize), nameof(AttackOptions.RandomStart),
                nameof(AttackOptions.Restart), nameof(AttackOptions.Seed),
            ]);
        Add(_minimum);
        _checkpoint = new CheckpointOptions(this, "A file that the state is kept in, batch by batch.");
        _pictures = new PictureOptions(this);
        AddShardOptions();
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var minimum = context.Arguments.GetValue(_minimum);
        if (minimum is < 0 or > 1)
            throw Errors.ArgumentInvalid("MinimumAccuracy", minimum, "a number from 0 to 1");
        var (checkpoint, resume) = _checkpoint.Check(context, _pictures.IsForced(context));
        var options = _options.Bind(context.Arguments) with { Attack = _attack.Bind(context.Arguments), Shard = context.Shard?.Folder.Shard };
        var dataset = Datasets.Open(context.Arguments.GetRequiredValue(_dataset)).Part(context.Arguments.GetValue(_split));
        using var model = _model.Open(context);
        using var run = new RobustnessRun(model, dataset, options);
        using (var progress = context.ShowProgress())
        {
            if (!Running.Run.ToEnd(run, context.RunOptions(progress) with { CheckpointPath = checkpoint, Resume = resume }))
                context.Interrupt("Interrupted; the figures are of the pictures that were done.");
        }
        var points = run.Points();
        // The curve of a shard alone would say little.
        var files = context.Shard is null ? _pictures.Save(context, [points]) : [];
        context.Write(new { Points = points, Files = files }, output => TextTable.Write(output, points,
            ("Epsilon", point => ((Fraction)point.Epsilon).ToString()),
            ("Method", point => point.Method),
            ("Count", point => point.Count.ToString(CultureInfo.InvariantCulture)),
            ("Correct", point => point.CleanCorrect.ToString(CultureInfo.InvariantCulture)),
            ("Robust", point => point.Robust.ToString(CultureInfo.InvariantCulture)),
            ("Accuracy", point => Text(point.Accuracy)),
            ("From", point => Text(point.Lower)),
            ("To", point => Text(point.Upper))));
        foreach (var point in points.Where(point => point.Accuracy < minimum))
            context.Attempt(() => throw Errors.RobustnessBelow(point.ModelName, point.Epsilon, point.Accuracy, minimum!.Value));
    }

    private static string Text(double part) => part.ToString("0.00 %", CultureInfo.InvariantCulture);
}
