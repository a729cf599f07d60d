using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public class ContactSheetTests
{
    [Fact]
    public void TilesAreMagnifiedByWholeNumbersAndKeepTheirPixels()
    {
        var image = Made(3, 28, 28);
        var sheet = ContactSheet.Draw([new(image)], new ContactSheetOptions { Padding = 5 });
        Assert.Equal([3, 112 + 10, 112 + 10], sheet.Shape);
        for (var y = 0; y < 28; y++)
        {
            for (var x = 0; x < 28; x++)
            {
                Assert.Equal(PixelAt(image, x, y), PixelAt(sheet, 5 + (4 * x), 5 + (4 * y)));
                Assert.Equal(PixelAt(image, x, y), PixelAt(sheet, 8 + (4 * x), 8 + (4 * y)));
            }
        }
    }

    [Theory]
    [InlineData(6, null, 3, 2)]
    [InlineData(6, 2, 2, 3)]
    [InlineData(5, 5, 5, 1)]
    [InlineData(2, 7, 2, 1)]
    public void TheGridHasTheColumnsAskedFor(int count, int? asked, int columns, int rows)
    {
        var sheet = ContactSheet.Draw([.. Enumerable.Range(0, count).Select(_ => new ContactSheetTile(Plain(0, 100, 100)))],
            new ContactSheetOptions { ColumnCount = asked, Padding = 4 });
        Assert.Equal(((columns * 104) + 4, (rows * 104) + 4), (sheet.Width, sheet.Height));
    }

    [Fact]
    public void TilesOfSeveralSizesAreCentred()
    {
        var sheet = ContactSheet.Draw([new(Plain(0, 200, 100)), new(Plain(0, 100, 200))], new ContactSheetOptions { ColumnCount = 2, Padding = 0 });
        Assert.Equal((400, 200), (sheet.Width, sheet.Height));
        Assert.Equal([255, 255, 255], PixelAt(sheet, 49, 100));
        Assert.Equal([0, 0, 0], PixelAt(sheet, 50, 100));
        Assert.Equal([255, 255, 255], PixelAt(sheet, 300, 49));
        Assert.Equal([0, 0, 0], PixelAt(sheet, 300, 50));
    }

    [Fact]
    public void CaptionsAndTitleMakeRoomAndInk()
    {
        var bare = ContactSheet.Draw([new(Plain(1, 100, 100))]);
        var captioned = ContactSheet.Draw([new(Plain(1, 100, 100), "a rather long caption in two lines")]);
        var titled = ContactSheet.Draw([new(Plain(1, 100, 100))], new ContactSheetOptions { Title = "T" });
        Assert.Equal(bare.Height + (3 * BitmapFont.CellHeight), captioned.Height);
        Assert.Equal(bare.Height + (2 * BitmapFont.CellHeight) + 8, titled.Height);
        Assert.All(bare.Data, value => Assert.Equal(1, value));
        Assert.Contains(0f, captioned.Data);
        Assert.Contains(0f, titled.Data);
        var dark = ContactSheet.Draw([new(Plain(0, 100, 100), "x")], new ContactSheetOptions { Background = Rgb.Black });
        Assert.Contains(1f, dark.Data);
    }

    [Fact]
    public void ImpossibleSheetsAreErrors()
    {
        Fails("ArgumentInvalid", () => ContactSheet.Draw([]));
        Fails("ArgumentInvalid", () => ContactSheet.Draw([new(Plain(0, 2, 2))], new ContactSheetOptions { ColumnCount = 0 }));
        Fails("ArgumentInvalid", () => ContactSheet.Draw([.. Enumerable.Repeat(new ContactSheetTile(Plain(0, 2, 2)), 400)], new ContactSheetOptions { ColumnCount = 1 }));
    }
}
