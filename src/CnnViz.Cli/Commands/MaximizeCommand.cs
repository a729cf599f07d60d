using System.CommandLine;
using CnnViz.Cli.Options;
using CnnViz.Reading;
using CnnViz.Synthesis.Maximization;

namespace CnnViz.Cli.Commands;

/// <summary>Makes pictures that drive classes, channels, neurons or layers.</summary>
internal sealed class MaximizeCommand : SynthesisCommand
{
    private readonly ModelOptions _model;
    private readonly RecordOptions<MaximizationOptions> _options;
    private readonly Option<string?> _start = new("--initial-image")
    {
        Description = "The picture to start from; with --raw a tensor as it stands; left out, noise.",
        HelpName = "file",
    };

    public MaximizeCommand()
        : base("maximize", "Makes pictures that drive classes, channels, neurons or layers as far as they can.",
            "cnnviz maximize --class dragonfly --model squeezenet1_1.pth --output dragonfly.png",
            "cnnviz maximize --class '*' --model lenet5-digits --output digits.png --column 5",
            "cnnviz maximize --layer conv2 --channel '*' --model lenet5-digits --output channels.png",
            "cnnviz maximize --class 319 --model vgg19 --pretrained --preset Lucid --output lucid.png --frame-path growing.gif")
    {
        _model = new ModelOptions(this);
        _options = new RecordOptions<MaximizationOptions>(this, _model.Details);
        Add(_start);
        AddSynthesisOptions();
    }

    protected override void Run(CommandContext context)
    {
        var options = _options.Bind(context.Arguments);
        using var model = _model.Open(context);
        if (context.Arguments.GetValue(_start) is { } start)
        {
            var source = ImageSource.Parse(start);
            options = options with
            {
                InitialImage = options.Raw ? NetworkInput.Read(model, source, PreprocessingMode.Raw, context.Cancellation).Images[0] : source.Read(cancellation: context.Cancellation),
            };
        }
        ClassMaximizer.Check(model, options);
        Synthesize(context, run => ClassMaximizer.Make(model, options, run));
    }
}
