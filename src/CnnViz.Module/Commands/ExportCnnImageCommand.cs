using System.Management.Automation;
using CnnViz.Files;
using CnnViz.Imaging;
using CnnViz.Parameters;
using CnnViz.Reporting;

namespace CnnViz.Commands;

/// <summary>
/// Saves pictures as PNG, JPEG, WebP or GIF, with how they were made in the file's metadata, and raw values as .npy or .safetensors; several to one
/// .gif become an animation, and several to one .safetensors lie there by their names, with their settings.
/// </summary>
[Cmdlet(VerbsData.Export, "CnnImage", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(CnnImage))]
public sealed class ExportCnnImageCommand : PictureCommand
{
    private const string PathSet = "Path";
    private const string DirectorySet = "Directory";
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);
    private (Picture Picture, string Path, PSObject Item)? _held;
    private readonly Dictionary<string, List<Picture>> _collections = new(StringComparer.Ordinal); // frames of animations are drawn already

    /// <summary>The file; its ending names the format. A script block names each picture's: <c>{ "$($_.Label).png" }</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    public string Path { get; set; } = "";

    /// <summary>A folder, made where it is missing, for files named after the pictures' sources and what was made of them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DirectorySet)]
    public string Directory { get; set; } = "";

    /// <summary>The format of the files in the folder: png, jpg, webp, gif, npy or safetensors; png unless told.</summary>
    [Parameter(ParameterSetName = DirectorySet)]
    [ArgumentCompleter(typeof(ImageFormatCompleter))]
    public string Format { get; set; } = "png";

    /// <summary>1 to 100 for JPEG and WebP, of which 100 is lossless for WebP; 95 unless told.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int Quality { get; set; } = ImageWriteOptions.Default.Quality;

    /// <summary>How many milliseconds a picture of an animation stands; 200 unless told.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateRange(10, 600_000)]
    public int Delay { get; set; } = 200;

    /// <summary>Writes the recipe beside each file, too, as JSON: six.recipe.json beside six.png.</summary>
    [Parameter]
    public SwitchParameter Recipe { get; set; }

    /// <summary>Replaces files that are there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Passes on what was saved.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>One file for all pictures.</summary>
    private bool IsCollection => ParameterSetName == PathSet && (IsAnimation(Path) || TensorExport.IsFor(Path));

    private ImageWriteOptions Options => new() { Force = Force, Quality = Quality };

    /// <inheritdoc/>
    protected override void Take(Picture picture, PSObject item)
    {
        if (!IsCollection)
        {
            Hold(picture, PathFor(picture), item);
            return;
        }
        CollectionOf(ResolveFile(Path)).Add(IsAnimation(Path) ? Picture.Of(picture.Draw(Drawing))! : picture);
        if (PassThru)
            WriteObject(item, enumerateCollection: item.BaseObject is Array);
    }

    /// <summary>A picture is saved when the next has another name, so that a name for several is refused before anything is replaced.</summary>
    private void Hold(Picture picture, string path, PSObject item)
    {
        var earlier = _held;
        _held = (picture, path, item);
        Save(earlier);
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        var last = _held;
        _held = null;
        Attempt(() => Save(last));
        foreach (var (path, pictures) in _collections)
            Attempt(() => SaveAll(path, pictures));
    }

    private void SaveAll(string path, List<Picture> pictures)
    {
        if (!ShouldProcess(path, pictures.Count == 1 ? "Save picture" : $"Save {(IsAnimation(path) ? "animation" : "values")} of {pictures.Count} pictures"))
            return;
        if (!IsAnimation(path))
            SaveValues(pictures, path);
        else if (pictures is [var single])
            ImageExport.Save(single.Draw(), path, Options);
        else
            ImageExport.SaveAnimation([.. pictures.Select(picture => picture.Draw())], path, TimeSpan.FromMilliseconds(Delay), Options);
        WriteVerbose($"Saved '{path}'.");
        SaveRecipes(pictures.Select(picture => picture.Recipe), path);
    }

    private List<Picture> CollectionOf(string path)
    {
        if (!_collections.TryGetValue(path, out var pictures))
            _collections[path] = pictures = [];
        return pictures;
    }

    private void SaveValues(IReadOnlyList<Picture> pictures, string path) => Compute(() =>
    {
        TensorExport.Save(pictures, path, Force);
        return path;
    });

    private static bool IsAnimation(string path) => path.EndsWith(".gif", StringComparison.OrdinalIgnoreCase);

    private void Save((Picture Picture, string Path, PSObject Item)? held)
    {
        if (held is not var (picture, path, item))
            return;
        if (ShouldProcess(path, "Save picture"))
            Save(picture, path);
        if (PassThru)
            WriteObject(item, enumerateCollection: item.BaseObject is Array);
    }

    private void Save(Picture picture, string path)
    {
        if (ParameterSetName == DirectorySet)
            OutputFile.MakeFolder(ResolveFile(Directory));
        if (TensorExport.IsFor(path))
            SaveValues([picture], path);
        else
            ImageExport.Save(path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? picture.Values : picture.Draw(Drawing), path, Options);
        WriteVerbose($"Saved '{path}'.");
        SaveRecipes([picture.RecipeOf(Drawing)], path);
    }

    private void SaveRecipes(IEnumerable<Recipe?> recipes, string path)
    {
        Recipe[] known = [.. recipes.OfType<Recipe>()];
        if (!Recipe || known.Length == 0)
            return;
        RecipeFile.Save(known, RecipeFile.Beside(path), Force);
        WriteVerbose($"Saved '{RecipeFile.Beside(path)}'.");
    }

    /// <summary>A file of its own for each picture of this pipeline.</summary>
    private string PathFor(Picture picture)
    {
        if (ParameterSetName == PathSet)
        {
            var path = ResolveFile(Path);
            if (_written.Add(path))
                return path;
            if (_held is { } waiting && waiting.Path != path)
                Save(waiting);
            _held = null;
            throw Errors.ArgumentInvalid("-Path", Path, "a file for each picture: -Directory, a script block as -Path { \"$($_.Label).png\" }, a .gif or a .safetensors");
        }
        return System.IO.Path.Join(ResolveFile(Directory), $"{picture.NameAmong(_written)}.{Format.TrimStart('.')}");
    }
}
