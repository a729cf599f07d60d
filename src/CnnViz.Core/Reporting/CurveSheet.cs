using CnnViz.Imaging;

namespace CnnViz.Reporting;

/// <summary>Panels of curves side by side under a title.</summary>
internal static class CurveSheet
{
    private const int PanelWidth = 480;
    private const int PanelHeight = 300;
    private const int Margin = 16;

    /// <summary>Draws them.</summary>
    /// <param name="title">What they are of; one line of it is written.</param>
    /// <param name="panels">The panels, at least one.</param>
    public static CnnImage Draw(string title, params IReadOnlyList<CurvePanel> panels)
    {
        var titleHeight = (2 * BitmapFont.CellHeight) + Margin;
        var canvas = new Canvas(PanelHeight + titleHeight + (2 * Margin), panels.Count * (PanelWidth + Margin) + Margin, Rgb.White);
        var line = BitmapFont.Wrap(title, (canvas.Width - (2 * Margin)) / (2 * BitmapFont.CellWidth), 1)[0];
        canvas.Write(line, (canvas.Width - BitmapFont.WidthOf(line, 2)) / 2, Margin, Rgb.Black, 2);
        for (var i = 0; i < panels.Count; i++)
            panels[i].Draw(canvas, Margin + i * (PanelWidth + Margin), titleHeight + Margin, PanelWidth, PanelHeight);
        return canvas.ToImage();
    }
}
