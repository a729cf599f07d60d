using System.Management.Automation;
using CnnViz.Imaging;
using CnnViz.Reporting;

namespace CnnViz.Commands;

/// <summary>
/// Lays pictures out on one contact sheet, with captions and a title. Saliency maps stand behind the picture that they are of; an adversarial example stands
/// behind the clean picture and its change, magnified around grey.
/// </summary>
[Cmdlet(VerbsCommon.Join, "CnnImage")]
[OutputType(typeof(CnnImage))]
public sealed class JoinCnnImageCommand : PictureCommand
{
    private const int SmallestTile = 96;
    private const int LargestTile = 512;
    private readonly List<Tile> _pictures = [];
    private Picture? _before;

    /// <summary>
    /// What stands below the pictures: a script block, run for each with the object as <c>$_</c>; the name of a property; or a text for
    /// each in turn, an empty one for none at all. Each picture's own label unless told. An original in front of its maps keeps its own label.
    /// </summary>
    [Parameter]
    [AllowEmptyString]
    public object[]? Caption { get; set; }

    /// <summary>What stands above all pictures.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Pictures in a row; as many as make the sheet about square unless told.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Column { get; set; }

    /// <summary>
    /// The pixels of a picture's longer side: larger ones are shrunk, smaller ones magnified by a whole number until they have as many.
    /// Unless told, those below 96 are magnified and those above 512 are shrunk.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 8192)]
    public int? TileSize { get; set; }

    /// <summary>Pixels between the pictures; 8 unless told.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    public int Padding { get; set; } = new ContactSheetOptions().Padding;

    /// <summary>Leaves out the pictures that saliency maps are of, and the clean pictures and changes of adversarial examples.</summary>
    [Parameter]
    public SwitchParameter NoOriginal { get; set; }

    /// <inheritdoc/>
    protected override void Take(Picture picture, PSObject item)
    {
        var tile = new Tile(Shrink(picture.Draw(Drawing)), item);
        if (!NoOriginal && picture.OriginalAfter(_before) is { } original)
            _pictures.Add(new Tile(Shrink(original.Draw(Drawing)), null) { IsFirst = true });
        if (!NoOriginal && picture.Between is { } between)
            _pictures.Add(new Tile(Shrink(between.Draw(Drawing)), null));
        _pictures.Add(tile);
        _before = picture;
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        if (_pictures.Count == 0)
            return;
        var captions = Captions();
        var sheet = ContactSheet.Draw(
            [.. _pictures.Zip(captions, (picture, caption) => new ContactSheetTile(picture.Image, caption))],
            new ContactSheetOptions { ColumnCount = Column ?? ContactSheet.ColumnsOf([.. _pictures.Select(tile => tile.IsFirst)]), Title = Title, MinimumTileSize = TileSize ?? SmallestTile, Padding = Padding });
        WriteObject(new CnnImage(sheet.Data, sheet.ChannelCount, sheet.Height, sheet.Width)
        {
            Label = Title,
            Recipe = Recipes.Create(CommandName, null, null,
                ("Image", string.Join(';', _pictures.Select(picture => picture.Image.Source))), ("Caption", string.Join(';', captions)),
                (nameof(Title), Title), (nameof(View), View), (nameof(Column), Column), (nameof(TileSize), TileSize), (nameof(Padding), Padding),
                (nameof(ColorMap), ColorMap), (nameof(Annotate), Annotate.IsPresent)),
        });
    }

    private CnnImage Shrink(CnnImage image)
    {
        var scale = (double)(TileSize ?? LargestTile) / Math.Max(image.Height, image.Width);
        return scale >= 1
            ? image
            : ImageResize.Resize(image, Math.Max((int)Math.Round(image.Height * scale), 1), Math.Max((int)Math.Round(image.Width * scale), 1));
    }

    private string?[] Captions()
    {
        if (Caption is [""])
            return new string?[_pictures.Count];
        var given = new Queue<string?>(Captions([.. _pictures.Where(tile => tile.Item is not null)]));
        return [.. _pictures.Select(tile => tile.Item is null ? tile.Image.Label : given.Dequeue())];
    }

    private string?[] Captions(Tile[] tiles) => Caption switch
    {
        null => [.. tiles.Select(tile => tile.Image.Label)],
        [ScriptBlock script] => [.. tiles.Select(tile => Text(script.InvokeWithContext(null, [new PSVariable("_", tile.Item)])))],
        [string property] when Array.TrueForAll(tiles, tile => tile.Item!.Properties[property] is not null) =>
            [.. tiles.Select(tile => Text(tile.Item!.Properties[property].Value))],
        _ when Caption.Length == tiles.Length => Array.ConvertAll(Caption, text => Text(text)),
        _ => throw Errors.ArgumentInvalid("The caption", string.Join(", ", Caption),
            $"a property that all pictures have, a script block, or {tiles.Length} texts, one for each picture"),
    };

    private static string? Text(object? value) => LanguagePrimitives.ConvertTo<string>(value);

    /// <summary>A picture of the sheet, and what it came from; null for what stands in front of it, such as the original of a map.</summary>
    private sealed record Tile(CnnImage Image, PSObject? Item)
    {
        /// <summary>Whether a row may begin with it.</summary>
        public bool IsFirst { get; init; }
    }
}
