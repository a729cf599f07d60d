using System.CommandLine;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Running;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Style;

namespace CnnViz.Cli.Commands;

/// <summary>Paints pictures in the style of others.</summary>
internal sealed class StyleCommand : SynthesisCommand
{
    private readonly ImageArgument _contents;
    private readonly Option<string[]> _styles = new("--style") { Description = "The pictures whose style is taken, all of them together.", HelpName = "file", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _masks = new("--mask") { Description = "Where each style is to be: a picture a style, white where it counts.", HelpName = "file", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _start = new("--initial-image") { Description = "A picture of your own to start from, such as an earlier result.", HelpName = "file" };
    private readonly ModelOptions _model;
    private readonly RecordOptions<StyleOptions> _options;

    public StyleCommand()
        : base("style", "Paints pictures in the style of others.",
            "cnnviz style photo.jpg --style painting.jpg --model squeezenet1_1.pth --output painted.png",
            "cnnviz style photo.jpg --style painting.jpg --model vgg19 --pretrained --scale 256,512 --style-weight 30 --preserve-color --output painted.png",
            "cnnviz style photo.jpg --style one.jpg two.jpg --style-blend 2,1 --model squeezenet1_1.pth --frame-path painting.gif --output painted.png")
    {
        _contents = new ImageArgument(this);
        Add(_styles);
        Add(_masks);
        Add(_start);
        _model = new ModelOptions(this);
        _options = new RecordOptions<StyleOptions>(this, _model.Details);
        AddSynthesisOptions();
    }

    protected override void Run(CommandContext context)
    {
        CnnImage[] styles = [.. Pictures(context, _styles)];
        var options = _options.Bind(context.Arguments) with
        {
            Mask = [.. Pictures(context, _masks)],
            InitialImage = context.Arguments.GetValue(_start) is { } start ? Read(context, start) : null,
        };
        using var model = _model.Open(context);
        StyleTransfer.Check(model, styles.Length, options);
        Synthesize(context, run => Paint(context, model, styles, options, run));
    }

    /// <summary>One run after another; one file can hold only one.</summary>
    private SynthesisOutcome Paint(CommandContext context, CnnModel model, CnnImage[] styles, StyleOptions options, RunOptions run)
    {
        var images = new List<SynthesizedImage>();
        CnnVizException? failure = null;
        foreach (var content in _contents.Read(context))
        {
            context.Attempt(() =>
            {
                if (images.Count > 0 && (run.CheckpointPath is not null || run.Frame is not null))
                    throw Errors.ArgumentInvalid("Image", content.Source, "one picture alone where there is a checkpoint or an animation: one file holds one run");
                var outcome = StyleTransfer.Make(model, content, styles, options, run, text => context.Message(ErrorWording.ForCommandLine(text)));
                images.AddRange(outcome.Images);
                failure ??= outcome.Failure;
            });
        }
        return new SynthesisOutcome(images, failure);
    }

    private static IEnumerable<CnnImage> Pictures(CommandContext context, Option<string[]> option) => (context.Arguments.GetValue(option) ?? []).Select(path => Read(context, path));

    private static CnnImage Read(CommandContext context, string path) => ImageSource.Parse(path).Read(cancellation: context.Cancellation);
}
