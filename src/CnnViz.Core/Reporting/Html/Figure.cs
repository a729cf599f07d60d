using static System.Net.WebUtility;

namespace CnnViz.Reporting;

/// <summary>A picture with its caption; the picture stands in the page itself.</summary>
/// <param name="FileName">The name of its file beside the page.</param>
/// <param name="Png">The whole file.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="Caption">What is seen, as plain text.</param>
public sealed record Figure(string FileName, byte[] Png, int Width, int Height, string Caption) : ReportBlock
{
    /// <summary>Captions within a picture are lost when it is made smaller than this part: on a narrow screen it is then moved about.</summary>
    private const int LargestReduction = 2;

    /// <summary>Whether it is only legible in full size, so that it is never made smaller.</summary>
    public bool IsDetailed { get; init; }

    internal override string ToHtml() =>
        $"""
        <figure{(IsDetailed ? " class=\"detailed\"" : "")}>
        <div class="mat"><img src="{DataUri(Png)}" width="{Width}" height="{Height}" style="min-width:{Width / LargestReduction}px" alt="{HtmlEncode(Caption)}"></div>
        <figcaption>{HtmlEncode(Caption)} <a href="{HtmlEncode(FileName)}">{HtmlEncode(FileName)}</a></figcaption>
        </figure>
        """;

    internal static string DataUri(byte[] png) => $"data:image/png;base64,{Convert.ToBase64String(png)}";
}
