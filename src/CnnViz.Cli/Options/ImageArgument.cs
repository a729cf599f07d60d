using System.CommandLine;
using CnnViz.Networks;
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
    public ImageArgument(Command command)
    {
        _images.Validators.Add(result =>
        {
            // What looks like an option and is no file is a mistyped option; without this it would be a picture that does not exist.
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-') && !File.Exists(token.Value)))
                result.AddError($"There is no option '{token.Value}'. {NearestOption(command, token.Value)}");
        });
        command.Add(_images);
    }

    /// <summary>Reads one picture after another; one that cannot be read is reported and left out.</summary>
    public IEnumerable<CnnImage> Read(CommandContext context) => Read(context, image => image);

    /// <summary>Reads pictures as a model sees them; one that cannot be read, or that the model cannot take, is reported and left out.</summary>
    public IEnumerable<CnnImage> Read(CommandContext context, CnnModel model, PreprocessingMode preprocessing) =>
        Read(context, image => NetworkInput.Prepare(model, image, preprocessing));

    private static string NearestOption(Command command, string text) =>
        $"The nearest: {string.Join(", ", NearestNames.Of(text, command.Options.Select(option => option.Name)))}.";

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
