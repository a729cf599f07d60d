namespace CnnViz.Runtime;

/// <summary>Whether libtorch computes with oneDNN in this process, and why.</summary>
/// <param name="IsEnabled">True where oneDNN computes convolutions, false where libtorch's own code does.</param>
/// <param name="Reason">Why, as half a sentence.</param>
public sealed record OneDnnState(bool IsEnabled, string Reason)
{
    /// <summary><c>on</c> or <c>off</c>, as recipes say it.</summary>
    public string Word => IsEnabled ? "on" : "off";

    /// <summary>The word and the reason: <c>off: CNNVIZ_ONEDNN is 'off'</c>.</summary>
    public override string ToString() => $"{Word}: {Reason}";
}
