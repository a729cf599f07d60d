using CnnViz.Imaging;

namespace CnnViz.Reporting;

/// <summary>What the sections of a tour work with.</summary>
public sealed class TourContext
{
    private readonly List<string> _files = [];

    /// <summary>Gathers it.</summary>
    /// <param name="options">The tour's settings.</param>
    /// <param name="data">The digits that the network was trained with and is shown.</param>
    /// <param name="model">The trained network; it stays the caller's.</param>
    public TourContext(TourOptions options, DatasetSplits data, CnnModel model) => (Options, Data, Model) = (options, data, model);

    /// <summary>The tour's settings.</summary>
    public TourOptions Options { get; }

    /// <summary>The digits that the network was trained with and is shown.</summary>
    public DatasetSplits Data { get; }

    /// <summary>The test digits.</summary>
    public CnnDataset Test => Data.Test!;

    /// <summary>The trained network.</summary>
    public CnnModel Model { get; }

    /// <summary>The files that have been written.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>The path of a file of the tour, which is noted.</summary>
    public string AddFile(string name)
    {
        var path = Path.Join(Options.Directory, name);
        _files.Add(path);
        return path;
    }

    /// <summary>The first test digit of a class.</summary>
    public CnnImage DigitOf(int classIndex) => Test.OfClass(classIndex).GetImage(0);

    /// <summary>Saves a picture with its recipe and makes it a figure of the page.</summary>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="recipe">How it was made.</param>
    /// <param name="caption">What is seen.</param>
    /// <exception cref="CnnVizException"><c>OutputUnwritable</c>.</exception>
    public Figure Save(string name, CnnImage picture, Recipe recipe, string caption)
    {
        var path = AddFile($"{name}.png");
        var saved = new CnnImage(picture.Data, picture.ChannelCount, picture.Height, picture.Width) { Recipe = recipe };
        ImageExport.Save(saved, path, new ImageWriteOptions { Force = true });
        return new Figure(Path.GetFileName(path), File.ReadAllBytes(path), picture.Width, picture.Height, caption);
    }

    /// <summary>Saves pictures that were made by driving a network as a sheet, each with what it shows.</summary>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="images">The pictures.</param>
    /// <param name="columns">Pictures in a row.</param>
    /// <param name="size">Smaller ones are magnified to at least this many pixels.</param>
    /// <param name="caption">What is seen.</param>
    /// <exception cref="CnnVizException"><c>OutputUnwritable</c>.</exception>
    internal Figure Save(string name, IReadOnlyList<SynthesizedImage> images, int columns, int size, string caption)
    {
        var tiles = images.Select(image => new ContactSheetTile(image.Image, Picture.Of(image)!.Caption)).ToArray();
        return Save(name, ContactSheet.Draw(tiles, new ContactSheetOptions { ColumnCount = columns, MinimumTileSize = size }), images[0].Recipe, caption);
    }

    /// <summary>How a picture of digits alone was made.</summary>
    internal Recipe SampleRecipe(string operation, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Recipes.Create(operation, null, null, [("Dataset", Data.Name), .. parameters]);
}
