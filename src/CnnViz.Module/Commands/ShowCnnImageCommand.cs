using System.Management.Automation;
using CnnViz.Imaging;
using CnnViz.Reporting;

namespace CnnViz.Commands;

/// <summary>Shows pictures in the terminal: text of real pixels or of half blocks in 24-bit colours, written to the pipeline.</summary>
[Cmdlet(VerbsCommon.Show, "CnnImage")]
[OutputType(typeof(string))]
public sealed class ShowCnnImageCommand : PictureCommand
{
    /// <summary>
    /// Kitty, Sixel or HalfBlock. Auto asks the terminal, once a session; it is HalfBlock where the text goes elsewhere: to a file, down the pipeline, to another machine.
    /// </summary>
    [Parameter]
    public TerminalProtocol Protocol { get; set; }

    /// <summary>Characters in a line; the picture's own size unless told, at most 80.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? Width { get; set; }

    private TerminalCapabilities Terminal => Protocol switch
    {
        TerminalProtocol.HalfBlock => TerminalCapabilities.Unknown,
        TerminalProtocol.Auto when MyInvocation.PipelinePosition < MyInvocation.PipelineLength => TerminalCapabilities.Unknown,
        TerminalProtocol.Auto => TerminalProbe.Of(Host),
        var asked => TerminalProbe.Of(Host) with { Protocol = asked },
    };

    /// <inheritdoc/>
    protected override void Take(Picture picture, PSObject item)
    {
        if (!Annotate)
            WriteObject(TerminalGraphics.Render(picture.Draw(Drawing), Terminal, Width));
        else if (picture.Values is { Shape: [> 1, _, _] } stack and not CnnImage)
            WriteObject(Enumerable.Range(0, stack.Shape[0]).Select(index => TerminalImage.RenderValues(stack.Slice(index), Drawing)), enumerateCollection: true);
        else
            WriteObject(TerminalImage.RenderValues(picture.Values, Drawing));
    }
}
