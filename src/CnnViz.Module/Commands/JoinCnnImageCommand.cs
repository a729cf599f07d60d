using System.Management.Automation;
using CnnViz.Imaging;
using CnnViz.Reporting;

namespace CnnViz.Commands;

/// <summary>Lays pictures out on one contact sheet, with captions and a title.</summary>
[Cmdlet(VerbsCommon.Join, "CnnImage")]
[OutputType(typeof(CnnImage))]
public sealed class JoinCnnImageCommand : PictureCommand
{
    private readonly List<(CnnImage Image, PSObject Item)> _pictures = [];

    /// <summary>
    /// What stands below the pictures: a script block, run for each with the object as <c>$_</c>; the name of a property; or a text for
    /// each in turn, an empty one for none at all. Each picture's own label unless told.
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

    /// <summary>Smaller pictures are magnified by a whole number until their longer side has this many pixels; 96 unless told.</summary>
    [Parameter]
    [ValidateRange(1, 8192)]
    public int TileSize { get; set; } = new ContactSheetOptions().MinimumTileSize;

    /// <summary>Pixels between the pictures; 8 unless told.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    public int Padding { get; set; } = new ContactSheetOptions().Padding;

    /// <inheritdoc/>
    protected override void Take(Picture picture, PSObject item) => _pictures.Add((picture.Draw(Drawing), item));

    /// <inheritdoc/>
    protected override void End()
    {
        if (_pictures.Count == 0)
            return;
        var captions = Captions();
        var sheet = ContactSheet.Draw(
            [.. _pictures.Zip(captions, (picture, caption) => new ContactSheetTile(picture.Image, caption))],
            new ContactSheetOptions { ColumnCount = Column, Title = Title, MinimumTileSize = TileSize, Padding = Padding });
        WriteObject(new CnnImage(sheet.Data, sheet.ChannelCount, sheet.Height, sheet.Width)
        {
            Label = Title,
            Recipe = Recipes.Create(CommandName, null, null,
                ("Image", string.Join(';', _pictures.Select(picture => picture.Image.Source))), ("Caption", string.Join(';', captions)),
                (nameof(Title), Title), (nameof(Column), Column), (nameof(TileSize), TileSize), (nameof(Padding), Padding),
                (nameof(ColorMap), ColorMap), (nameof(Annotate), Annotate.IsPresent)),
        });
    }

    private string?[] Captions() => Caption switch
    {
        null => [.. _pictures.Select(picture => picture.Image.Label)],
        [""] => new string?[_pictures.Count],
        [ScriptBlock script] => [.. _pictures.Select(picture => Text(script.InvokeWithContext(null, [new PSVariable("_", picture.Item)])))],
        [string property] when _pictures.TrueForAll(picture => picture.Item.Properties[property] is not null) =>
            [.. _pictures.Select(picture => Text(picture.Item.Properties[property].Value))],
        _ when Caption.Length == _pictures.Count => Array.ConvertAll(Caption, text => Text(text)),
        _ => throw Errors.ArgumentInvalid("The caption", string.Join(", ", Caption),
            $"a property that all pictures have, a script block, or {_pictures.Count} texts, one for each picture"),
    };

    private static string? Text(object? value) => LanguagePrimitives.ConvertTo<string>(value);
}
