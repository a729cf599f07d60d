namespace CnnViz.Reading;

/// <summary>How the channels of a map become one.</summary>
public enum ChannelReduction
{
    /// <summary>They stay apart.</summary>
    None,

    /// <summary>The largest of a pixel's values (source 004, lecture 002); of magnitudes where the sign is <see cref="SaliencySign.Absolute"/>.</summary>
    Maximum,

    /// <summary>Their mean.</summary>
    Mean,
}
