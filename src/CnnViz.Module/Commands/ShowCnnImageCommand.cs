using System.Management.Automation;
using CnnViz.Imaging;
using CnnViz.Reporting;

namespace CnnViz.Commands;

/// <summary>Shows pictures in the terminal: text with 24-bit colours, written to the pipeline.</summary>
[Cmdlet(VerbsCommon.Show, "CnnImage")]
[OutputType(typeof(string))]
public sealed class ShowCnnImageCommand : PictureCommand
{
    /// <summary>How the picture is put into text.</summary>
    [Parameter]
    public TerminalProtocol Protocol { get; set; }

    /// <summary>Characters in a line; the picture's own width unless told, at most 80.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? Width { get; set; }

    /// <inheritdoc/>
    protected override void Take(Picture picture, PSObject item)
    {
        if (!Annotate)
            WriteObject(TerminalImage.Render(picture.Draw(Drawing), Width));
        else if (picture.Values is { Shape: [> 1, _, _] } stack and not CnnImage)
            WriteObject(Enumerable.Range(0, stack.Shape[0]).Select(index => TerminalImage.RenderValues(stack.Slice(index), Drawing)), enumerateCollection: true);
        else
            WriteObject(TerminalImage.RenderValues(picture.Values, Drawing));
    }
}
