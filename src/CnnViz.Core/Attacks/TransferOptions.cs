using System.ComponentModel;

namespace CnnViz.Attacks;

/// <summary>How examples are shown to other models.</summary>
public sealed record TransferOptions
{
    /// <summary>Whether pictures are resized and cropped; Auto leaves examples as they are.</summary>
    [Description("Auto, None (only normalised) or Standard (always resized and cropped).")]
    public PreprocessingMode Preprocessing { get; init; }

    /// <summary>Pictures that go through a network together.</summary>
    [Description("Pictures that go through a network together.")]
    public int BatchSize { get; init; } = 64;
}
