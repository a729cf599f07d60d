using System.Globalization;
using CnnViz.Attacks;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;

namespace CnnViz.Cli.Commands;

/// <summary>Makes adversarial examples against each of several models, and shows them to all.</summary>
internal sealed class TransferCommand : CliCommand
{
    private readonly ImageArgument _images;
    private readonly ModelOptions _model;
    private readonly RecordOptions<AttackOptions> _options;
    private readonly PictureOptions _pictures;

    public TransferCommand()
        : base("transfer", "Makes adversarial examples against each of several models, and says which model's examples fool which.",
            "cnnviz transfer digits/*.png --model lenet5-digits,mine.safetensors --epsilon 0.2 --output matrix.png",
            "cnnviz transfer photos/*.jpg --model squeezenet1_1.pth,mobilenet_v2.pth,resnet18.pth --epsilon 8/255 --method MiFgsm --json")
    {
        _images = new ImageArgument(this);
        _model = new ModelOptions(this, takesSeveral: true);
        _options = new RecordOptions<AttackOptions>(this, _model.Details,
            [
                nameof(AttackOptions.Method), nameof(AttackOptions.Epsilon), nameof(AttackOptions.Norm), nameof(AttackOptions.Target), nameof(AttackOptions.Step),
                nameof(AttackOptions.StepSize), nameof(AttackOptions.RandomStart), nameof(AttackOptions.Restart), nameof(AttackOptions.Momentum),
                nameof(AttackOptions.Seed),
            ]);
        _pictures = new PictureOptions(this);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var options = _options.Bind(context.Arguments);
        using var models = _model.OpenAll(context);
        var examples = models.All.SelectMany(model => ExampleMaking.Attack(context, _images, [model], options)).ToArray();
        context.Cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<TransferRate> rates;
        using (var progress = context.ShowProgress())
            rates = TransferMeter.Measure(examples, models.All, new TransferOptions(), progress, context.Cancellation);
        var files = rates.Count == 0 ? [] : _pictures.Save(context, [rates]);
        context.Write(new { Rates = rates, Files = files }, output => TextTable.Write(output, rates,
            ("Source", rate => rate.SourceModel),
            ("Judged", rate => rate.JudgedModel),
            ("Count", rate => rate.Count.ToString(CultureInfo.InvariantCulture)),
            ("Fooled", rate => rate.Fooled.ToString(CultureInfo.InvariantCulture)),
            ("Rate", rate => rate.Rate.ToString("0.0 %", CultureInfo.InvariantCulture)),
            ("From", rate => rate.Lower.ToString("0.0 %", CultureInfo.InvariantCulture)),
            ("To", rate => rate.Upper.ToString("0.0 %", CultureInfo.InvariantCulture))));
    }
}
