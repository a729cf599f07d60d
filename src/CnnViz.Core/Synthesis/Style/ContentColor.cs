using CnnViz.Imaging;

namespace CnnViz.Synthesis.Style;

/// <summary>Gives a picture the colours of another: its own luminance, the other's colour (the blue and red differences of YCbCr).</summary>
/// <param name="content">The picture whose colours are kept, of any size.</param>
internal sealed class ContentColor(CnnImage content)
{
    private CnnImage? _sized;

    /// <summary>The picture in the other's colours, in [0,1].</summary>
    /// <param name="picture">The picture, <c>[C, H, W]</c>.</param>
    public CnnTensor Apply(CnnTensor picture)
    {
        if (picture is not { Shape: [3, var height, var width] })
            return picture;
        if (_sized is null || _sized.Height != height || _sized.Width != width)
            _sized = ImageResize.Resize(content, height, width, Interpolation.Bicubic);
        var image = new CnnImage(picture.Data, 3, height, width);
        var (wanted, own) = (ImageConversion.ToGrey(image).Data, ImageConversion.ToGrey(_sized).Data);
        // Adding the same to all three changes the luminance alone.
        var data = _sized.Data.Select((value, i) => Math.Clamp(value + wanted[i % own.Length] - own[i % own.Length], 0, 1)).ToArray();
        return new CnnTensor(data, picture.Shape, picture.Layout);
    }
}
