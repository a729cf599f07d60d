using System.Globalization;
using CnnViz.Attacks;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;

namespace CnnViz.Cli.Commands;

/// <summary>Makes adversarial examples.</summary>
internal sealed class AttackCommand : CliCommand
{
    private readonly ImageArgument _images;
    private readonly ModelOptions _model;
    private readonly RecordOptions<AttackOptions> _options;
    private readonly CheckpointOptions _checkpoint;
    private readonly PictureOptions _pictures;

    public AttackCommand()
        : base("attack", "Changes pictures a little so that a model errs, and judges them as they are after a file of 8 bits. With several models one picture is to fool all of them. --force attacks pictures that are misread already, too.",
            "cnnviz attack six.png --model lenet5-digits --epsilon 0.2 --directory fooled",
            "cnnviz attack photo.jpg --model mobilenet_v2 --pretrained --target burrito --epsilon 4/255 --output sheet.png",
            "cnnviz attack photo.jpg --model squeezenet1_1.pth,mobilenet_v2.pth --epsilon 8/255 --full-size --directory fooled",
            "cnnviz attack photo.jpg --model squeezenet1_1.pth --target Random --epsilon 16/255 --transformation 'rotate 30,scale 0.2,shift 0.1' --json")
    {
        _images = new ImageArgument(this);
        _model = new ModelOptions(this, takesSeveral: true);
        _options = new RecordOptions<AttackOptions>(this, _model.Details);
        _checkpoint = new CheckpointOptions(this, "A file that the state is kept in, now and then; of at most 16 pictures of one size.");
        _pictures = new PictureOptions(this);
        AddShardOptions();
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var isForced = _pictures.IsForced(context);
        var options = _options.Bind(context.Arguments) with { AttackMisread = isForced };
        var checkpoint = _checkpoint.Check(context, isForced);
        using var models = _model.OpenAll(context);
        var examples = ExampleMaking.Attack(context, _images, models.All, options, checkpoint);
        var files = _pictures.Save(context, examples);
        context.Write(new { Examples = examples.Select(ForJson), Files = files }, output => TextTable.Write(output, examples,
            ("Image", example => example.Source ?? ""),
            ("Method", example => example.Method.ToString()),
            ("Before", example => Text(example.Before)),
            ("After", example => Text(example.After)),
            ("Success", example => example.Success ? "yes" : "no"),
            ("Linf", example => string.Create(CultureInfo.InvariantCulture, $"{255 * example.EpsilonAfterSave:0}/255")),
            ("L2", example => example.L2.ToString("0.000", CultureInfo.InvariantCulture)),
            ("L0", example => example.L0.ToString(CultureInfo.InvariantCulture)),
            ("Models", example => example.ModelSuccess.Count == 0 ? "" : $"{example.ModelSuccess.Count(errs => errs)} of {example.ModelSuccess.Count}"),
            ("Varied", example => example.TransformedSuccess?.ToString("0 %", CultureInfo.InvariantCulture) ?? "")));
    }

    private static string Text(Prediction prediction) => string.Create(CultureInfo.InvariantCulture, $"{prediction.Label} {100 * prediction.Probability:0.0} %");

    private static object ForJson(AdversarialExample example) => new
    {
        example.Source,
        Method = example.Method.ToString(),
        example.Success,
        example.Epsilon,
        Norm = example.Norm.ToString(),
        example.EpsilonAfterSave,
        example.L2,
        example.L0,
        example.Class,
        example.Label,
        example.Target,
        example.TargetLabel,
        example.Before,
        example.After,
        example.SuccessAfterJpeg,
        example.TransformedSuccess,
        example.ModelSuccess,
        example.Steps,
        example.Adversarial,
        example.Warnings,
        example.Recipe,
    };
}
