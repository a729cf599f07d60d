namespace CnnViz.Imaging;

/// <summary>How a picture is put into terminal text.</summary>
public enum TerminalProtocol
{
    /// <summary>The best that every terminal with 24-bit colour shows: half blocks.</summary>
    Auto,

    /// <summary>A character for two pixels, one above the other.</summary>
    HalfBlock,
}
