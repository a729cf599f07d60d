namespace CnnViz.Imaging;

/// <summary>How a picture is put into terminal text.</summary>
public enum TerminalProtocol
{
    /// <summary>The best that the terminal says it knows: Kitty, else Sixel, else half blocks.</summary>
    Auto,

    /// <summary>A character for two pixels, one above the other: what every terminal with 24-bit colour shows.</summary>
    HalfBlock,

    /// <summary>Real pixels in at most 256 colours, as the VT340 had them: Windows Terminal, VS Code, WezTerm, foot, mlterm, xterm -ti vt340.</summary>
    Sixel,

    /// <summary>Real pixels in all colours, as a PNG: kitty, Ghostty, WezTerm, Konsole.</summary>
    Kitty,
}
