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
    public IEnumerable<CnnImage> Read(CommandContext context) => Read(context, source => [source.Read(cancellation: context.Cancellation)]);

    /// <summary>Reads pictures as a model sees them; one that cannot be read, or that the model cannot take, is reported and left out.</summary>
    public IEnumerable<CnnImage> Read(CommandContext context, CnnModel model, PreprocessingMode preprocessing) =>
        Read(context, source => NetworkInput.Read(model, source, preprocessing, context.Cancellation).Images);

    /// <summary>As the other, in groups that can be computed together: neighbours of one size, at most so many.</summary>
    public IEnumerable<IReadOnlyList<CnnImage>> Batches(CommandContext context, CnnModel model, PreprocessingMode preprocessing, int size) =>
        Batches(Read(context, source => NetworkInput.Read(model, source, preprocessing, context.Cancellation).Images, size), size);

    /// <summary>As the other, of pictures at their own size in the colours of a model.</summary>
    public IEnumerable<IReadOnlyList<CnnImage>> FullSizeBatches(CommandContext context, CnnModel model, int size) =>
        Batches(Read(context, source => NetworkInput.ReadFullSize(model, source, context.Cancellation).Images, size), size);

    private static IEnumerable<IReadOnlyList<CnnImage>> Batches(IEnumerable<CnnImage> images, int size)
    {
        var batch = new List<CnnImage>(size);
        foreach (var image in images)
        {
            if (batch.Count == size || (batch.Count > 0 && !NetworkInput.IsAlike(batch[0], image)))
            {
                yield return batch.ToArray();
                batch.Clear();
            }
            batch.Add(image);
        }
        if (batch.Count > 0)
            yield return batch.ToArray();
    }

    private static string NearestOption(Command command, string text) =>
        $"The nearest: {string.Join(", ", NearestNames.Of(text, command.Options.Select(option => option.Name)))}.";

    private IEnumerable<CnnImage> Read(CommandContext context, Func<ImageSource, IReadOnlyList<CnnImage>> read, int batchSize = 1)
    {
        var names = context.Arguments.GetRequiredValue(_images);
        foreach (var name in names[context.Shard?.Folder.Shard.Cut(names.Length, batchSize) ?? Range.All])
        {
            context.Cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<CnnImage> images = [];
            context.Attempt(() => images = read(ImageSource.Parse(name)));
            foreach (var image in images)
                yield return image;
        }
    }
}
