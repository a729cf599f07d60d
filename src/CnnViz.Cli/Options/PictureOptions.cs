using System.CommandLine;
using CnnViz.Files;
using CnnViz.Imaging;

namespace CnnViz.Cli.Options;

/// <summary>The options that say where pictures go: one file, or a folder with a file each.</summary>
internal sealed class PictureOptions
{
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The file to write: .png, .jpg, .webp or .gif; several pictures become a contact sheet. .npy takes the values of one.",
        HelpName = "file",
    };

    private readonly Option<string?> _directory = new("--directory", "-d") { Description = "A folder to write each picture into, as a PNG.", HelpName = "folder" };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Replace files that are there already." };
    private readonly Option<int?> _columns = new("--column") { Description = "Pictures in a row of the contact sheet.", HelpName = "count" };

    /// <summary>Adds the options to a command.</summary>
    public PictureOptions(Command command)
    {
        command.Add(_output);
        command.Add(_directory);
        command.Add(_columns);
        command.Add(_force);
    }

    /// <summary>Writes what is wanted; nothing where neither option was given.</summary>
    /// <param name="context">The command's run.</param>
    /// <param name="pictures">The pictures.</param>
    /// <returns>The paths that were written.</returns>
    /// <exception cref="CnnVizException"><c>OutputExists</c>, <c>OutputUnwritable</c>, <c>OutputFormatUnknown</c>, <c>ArgumentInvalid</c>.</exception>
    public IReadOnlyList<string> Save(CommandContext context, IReadOnlyList<Picture> pictures)
    {
        var write = new ImageWriteOptions { Force = context.Arguments.GetValue(_force) };
        var files = new List<string>();
        if (context.Arguments.GetValue(_output) is { } output)
        {
            ImageExport.Save(OneFile(output, pictures, context.Arguments.GetValue(_columns)), output, write);
            files.Add(output);
        }
        if (context.Arguments.GetValue(_directory) is { } directory)
        {
            OutputFolder.Ensure(directory);
            foreach (var picture in pictures)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                var path = Path.Join(directory, $"{picture.Name}.png");
                ImageExport.Save(picture.Image, path, write);
                files.Add(path);
            }
        }
        foreach (var file in files)
            context.Message($"Wrote {file}");
        return files;
    }

    private static CnnTensor OneFile(string path, IReadOnlyList<Picture> pictures, int? columns)
    {
        if (path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
        {
            return pictures.Count == 1
                ? pictures[0].Values
                : throw Errors.ArgumentInvalid("Output", path, $"a picture format: there are {pictures.Count} results, and a .npy file takes one");
        }
        if (pictures.Count == 1)
            return pictures[0].Image;
        var sheet = ContactSheet.Draw([.. pictures.Select(picture => new ContactSheetTile(picture.Image, picture.Caption))], new ContactSheetOptions { ColumnCount = columns });
        return new CnnImage(sheet.Data, sheet.ChannelCount, sheet.Height, sheet.Width) { Recipe = pictures[0].Image.Recipe };
    }
}
