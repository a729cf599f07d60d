using System.CommandLine;
using CnnViz.Reading;

namespace CnnViz.Cli.Options;

/// <summary>The argument that names pictures.</summary>
internal sealed class ImageArgument
{
    private readonly Argument<string[]> _images = new("image")
    {
        Description = "Picture files (PNG, JPEG, WebP, GIF, BMP, TIFF, .npy) or http(s) addresses.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Adds the argument to a command.</summary>
    public ImageArgument(Command command) => command.Add(_images);

    /// <summary>Reads one picture after another; one that cannot be read is reported and left out.</summary>
    public IEnumerable<CnnImage> Read(CommandContext context) => Read(context, image => image);

    /// <summary>Reads pictures as a model sees them; one that cannot be read, or that the model cannot take, is reported and left out.</summary>
    public IEnumerable<CnnImage> Read(CommandContext context, CnnModel model, PreprocessingMode preprocessing) =>
        Read(context, image => NetworkInput.Prepare(model, image, preprocessing));

    private IEnumerable<CnnImage> Read(CommandContext context, Func<CnnImage, CnnImage> prepare)
    {
        foreach (var name in context.Arguments.GetRequiredValue(_images))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            CnnImage? image = null;
            if (context.Attempt(() => image = prepare(ImageSource.Parse(name).Read(cancellation: context.Cancellation))))
                yield return image!;
        }
    }
}
