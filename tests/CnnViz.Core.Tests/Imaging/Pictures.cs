namespace CnnViz.Tests.Imaging;

/// <summary>Pictures for tests: those in tests/data/images, and made ones.</summary>
internal static class Pictures
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "data", "images", name);

    public static CnnImage Read(string name) => ImageSource.FromPath(PathOf(name)).Read();

    /// <summary>A picture whose values are all multiples of 1/255, each different from its neighbours.</summary>
    public static CnnImage Made(int channels, int height, int width) =>
        new([.. Enumerable.Range(0, channels * height * width).Select(index => index * 37 % 256 / 255f)], channels, height, width);

    public static CnnImage Plain(float value, int height, int width) => new([.. Enumerable.Repeat(value, height * width)], 1, height, width);

    /// <summary>The red, green and blue of a pixel as bytes; grey three times.</summary>
    public static int[] PixelAt(CnnImage image, int x, int y) =>
        [.. Enumerable.Range(0, 3).Select(channel =>
            (int)MathF.Round(255 * image.Data[(((image.ChannelCount == 1 ? 0 : channel) * image.Height) + y) * image.Width + x]))];

    public static CnnVizException Fails(string errorId, Action action)
    {
        var error = Assert.Throws<CnnVizException>(action);
        Assert.Equal(errorId, error.ErrorId);
        return error;
    }
}
