using System.CommandLine;
using CnnViz.Cli.Options;
using CnnViz.Running;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Dreaming;

namespace CnnViz.Cli.Commands;

/// <summary>Lets a network see more of what it sees in pictures.</summary>
internal sealed class DreamCommand : SynthesisCommand
{
    private readonly ImageArgument _images;
    private readonly ModelOptions _model;
    private readonly RecordOptions<DreamOptions> _options;
    private readonly Option<string?> _guide = new("--guide") { Description = "A picture whose features the dream takes on.", HelpName = "file" };

    public DreamCommand()
        : base("dream", "Lets a network see more of what it sees in pictures: they change until a layer is as active as can be.",
            "cnnviz dream photo.jpg --model squeezenet1_1.pth --output dream.png",
            "cnnviz dream photo.jpg --model googlenet --pretrained --layer inception4c,inception3b --layer-weight 1,0.5 --output dream.png",
            "cnnviz dream sky.jpg --model vgg16 --pretrained --guide flowers.jpg --memory-limit 2GB --output dream.png",
            "cnnviz dream photo.jpg --model squeezenet1_1.pth --zoom 30 --octave 2 --frame-path journey.gif --output end.png")
    {
        _images = new ImageArgument(this);
        _model = new ModelOptions(this);
        _options = new RecordOptions<DreamOptions>(this, _model.Details);
        Add(_guide);
        AddSynthesisOptions();
    }

    protected override void Run(CommandContext context)
    {
        var options = _options.Bind(context.Arguments);
        using var model = _model.Open(context);
        if (context.Arguments.GetValue(_guide) is { } guide)
            options = options with { Guide = ImageSource.Parse(guide).Read(cancellation: context.Cancellation) };
        var layers = DeepDreamer.Check(model, options);
        if (layers.Reason is not null)
            context.Message($"{model.Name} dreams of '{layers.Names}', {layers.Reason}.");
        Synthesize(context, run => Dream(context, model, options, run), options.Zoom > 1 ? DeepDreamer.StepsOfFrame(options) : null);
    }

    /// <summary>One run after another; one file can hold only one.</summary>
    private SynthesisOutcome Dream(CommandContext context, CnnModel model, DreamOptions options, RunOptions run)
    {
        var images = new List<SynthesizedImage>();
        CnnVizException? failure = null;
        foreach (var image in _images.Read(context))
        {
            context.Attempt(() =>
            {
                if (images.Count > 0 && (run.CheckpointPath is not null || run.Frame is not null))
                    throw Errors.ArgumentInvalid("Image", image.Source, "one picture alone where there is a checkpoint or an animation: one file holds one run");
                var outcome = DeepDreamer.Make(model, image, options, run);
                images.AddRange(outcome.Images);
                failure ??= outcome.Failure;
            });
        }
        return new SynthesisOutcome(images, failure);
    }
}
