namespace CnnViz.Imaging;

/// <summary>An RGB picture to draw on. What reaches over its edges is cut off.</summary>
internal sealed class Canvas
{
    private readonly float[] _data;
    private readonly int _plane;

    public Canvas(int height, int width, Rgb background)
    {
        (Height, Width, _plane) = (height, width, height * width);
        _data = new float[3 * _plane];
        for (var channel = 0; channel < 3; channel++)
            _data.AsSpan(channel * _plane, _plane).Fill(background[channel]);
    }

    public int Height { get; }

    public int Width { get; }

    /// <summary>The pixel at row × width + column.</summary>
    public Rgb this[int index]
    {
        set => (_data[index], _data[index + _plane], _data[index + (2 * _plane)]) = (value.R, value.G, value.B);
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(int left, int top, int width, int height, Rgb color)
    {
        for (var y = Math.Max(top, 0); y < Math.Min(top + height, Height); y++)
        {
            for (var x = Math.Max(left, 0); x < Math.Min(left + width, Width); x++)
                this[(y * Width) + x] = color;
        }
    }

    /// <summary>Draws a straight line, a square of pixels at every place of it.</summary>
    public void Line(int fromX, int fromY, int toX, int toY, int thickness, Rgb color)
    {
        var steps = Math.Max(Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)), 1);
        for (var step = 0; step <= steps; step++)
        {
            Fill(fromX + (int)Math.Round((double)(toX - fromX) * step / steps) - (thickness / 2),
                fromY + (int)Math.Round((double)(toY - fromY) * step / steps) - (thickness / 2), thickness, thickness, color);
        }
    }

    /// <summary>Draws a picture, every pixel as a square of the given size.</summary>
    public void Draw(CnnImage image, int left, int top, int magnification = 1)
    {
        for (var index = 0; index < image.Height * image.Width; index++)
        {
            var (y, x) = Math.DivRem(index, image.Width);
            Fill(left + (x * magnification), top + (y * magnification), magnification, magnification, image.ColorAt(index));
        }
    }

    /// <summary>Writes one line of text, its cells' upper left corner at the given place.</summary>
    public void Write(string text, int left, int top, Rgb color, int scale = 1)
    {
        foreach (var character in text)
        {
            foreach (var (x, y) in BitmapFont.PixelsOf(character))
                Fill(left + (x * scale), top + (y * scale), scale, scale, color);
            left += BitmapFont.CellWidth * scale;
        }
    }

    /// <summary>What has been drawn; the canvas is not to be used after.</summary>
    public CnnImage ToImage() => new(_data, 3, Height, Width);
}
