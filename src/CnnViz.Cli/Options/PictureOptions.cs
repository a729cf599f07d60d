using System.CommandLine;
using CnnViz.Files;
using CnnViz.Imaging;
using CnnViz.Reporting;

namespace CnnViz.Cli.Options;

/// <summary>The options that say where pictures go, one file or a folder with a file each, and how they are drawn.</summary>
internal sealed class PictureOptions
{
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The file to write: .png, .jpg, .webp or .gif; several pictures become a contact sheet. .npy takes the values of one, .safetensors those of all.",
        HelpName = "file",
    };

    private readonly Option<string?> _directory = new("--directory", "-d") { Description = "A folder to write each picture into, as a PNG.", HelpName = "folder" };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Replace files that are there already." };
    private readonly Option<string?> _colors = new("--color-map")
    {
        Description = "The colours of values; left out, diverging where there are negative ones and viridis where not, and grey pictures stay grey.",
        HelpName = string.Join('|', ColorMap.All),
    };

    private readonly Option<int?> _columns = new("--column") { Description = "Pictures in a row of the contact sheet.", HelpName = "count" };
    private readonly RecordOptions<MapViewOptions>? _maps;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="hasMaps">Whether its results are saliency maps, which have options of their own.</param>
    public PictureOptions(Command command, bool hasMaps = false)
    {
        command.Add(_output);
        command.Add(_directory);
        command.Add(_columns);
        _colors.CompletionSources.Add(_ => ColorMap.All.Select(map => map.Name));
        command.Add(_colors);
        _maps = hasMaps ? new RecordOptions<MapViewOptions>(command) : null;
        command.Add(_force);
    }

    /// <summary>Whether files that are there already are replaced.</summary>
    public bool IsForced(CommandContext context) => context.Arguments.GetValue(_force);

    /// <summary>Writes what is wanted; nothing where neither option was given.</summary>
    /// <param name="context">The command's run.</param>
    /// <param name="results">Things; those that show nothing are left out.</param>
    /// <param name="annotate">Whether the values are written into the pixels.</param>
    /// <returns>The paths that were written.</returns>
    /// <exception cref="CnnVizException"><c>OutputExists</c>, <c>OutputUnwritable</c>, <c>OutputFormatUnknown</c>, <c>ArgumentInvalid</c>.</exception>
    public IReadOnlyList<string> Save(CommandContext context, IEnumerable<object> results, bool annotate = false)
    {
        var drawing = new DrawingOptions
        {
            Colors = context.Arguments.GetValue(_colors) is { } name ? ColorMap.Parse(name) : null,
            Annotate = annotate,
            Maps = _maps?.Bind(context.Arguments) ?? MapViewOptions.Default,
        };
        Picture[] pictures = [.. results.Select(Picture.Of).OfType<Picture>()];
        if (pictures.Length == 0)
            return [];
        var write = new ImageWriteOptions { Force = context.Arguments.GetValue(_force) };
        var files = new List<string>();
        // What is left of an interrupted run is written all the same.
        var cancellation = context.Cancellation.IsCancellationRequested ? CancellationToken.None : context.Cancellation;
        if (context.Arguments.GetValue(_output) is { } given)
        {
            var output = InShard(context, given);
            if (TensorExport.IsFor(output))
                TensorExport.Save(pictures, output, write.Force);
            else
                ImageExport.Save(OneFile(output, pictures, drawing, context.Arguments.GetValue(_columns)), output, write);
            files.Add(output);
        }
        if (context.Arguments.GetValue(_directory) is { } folder)
        {
            var directory = context.Shard?.Folder.Path ?? folder;
            OutputFile.MakeFolder(directory);
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var picture in pictures)
            {
                cancellation.ThrowIfCancellationRequested();
                var path = Path.Join(directory, $"{picture.NameAmong(names)}.png");
                ImageExport.Save(picture.Draw(drawing), path, write);
                files.Add(path);
            }
        }
        if (context.Shard is not null)
            return files.ConvertAll(file => Path.GetFileName(file));
        foreach (var file in files)
            context.Message($"Wrote {file}");
        return files;
    }

    /// <summary>A shard's file lies in its folder, with all the others.</summary>
    private static string InShard(CommandContext context, string output) => context.Shard is { } shard ? Path.Join(shard.Folder.Path, output) : output;

    private static CnnTensor OneFile(string path, Picture[] pictures, DrawingOptions drawing, int? columns)
    {
        if (path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
        {
            return pictures.Length == 1
                ? pictures[0].Values
                : throw Errors.ArgumentInvalid("Output", path, $"a picture format: there are {pictures.Length} results, and a .npy file takes one");
        }
        var tiles = Tiles(pictures, drawing);
        if (tiles is [var (_, single)])
            return single.Image;
        var sheet = ContactSheet.Draw(
            [.. tiles.Select(tile => tile.Tile)],
            new ContactSheetOptions { ColumnCount = columns ?? ContactSheet.ColumnsOf([.. tiles.Select(tile => tile.IsOriginal)]) });
        return new CnnImage(sheet.Data, sheet.ChannelCount, sheet.Height, sheet.Width) { Recipe = pictures[0].Recipe };
    }

    /// <summary>The pictures with their captions, and the originals of saliency maps in front of them.</summary>
    private static (bool IsOriginal, ContactSheetTile Tile)[] Tiles(Picture[] pictures, DrawingOptions drawing)
    {
        var tiles = new List<(bool, ContactSheetTile)>();
        // Captions tell what was made; of several pictures the names tell of which, where no original does.
        var isAmbiguous = pictures.All(picture => picture is { Recipe: not null, Original: null }) && pictures.DistinctBy(picture => picture.Source).Count() > 1;
        Picture? before = null;
        foreach (var picture in pictures)
        {
            if (picture.OriginalAfter(before) is { } original)
                tiles.Add((true, new(original.Draw(drawing), original.Caption)));
            if (picture.Between is { } between)
                tiles.Add((false, new(between.Draw(drawing), between.Caption)));
            tiles.Add((false, new(picture.Draw(drawing), isAmbiguous ? picture.Name : picture.Caption ?? picture.Name)));
            before = picture;
        }
        return [.. tiles];
    }
}
