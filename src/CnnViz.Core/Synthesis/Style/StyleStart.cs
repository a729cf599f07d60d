namespace CnnViz.Synthesis.Style;

/// <summary>What a style transfer starts from.</summary>
public enum StyleStart
{
    /// <summary>The content.</summary>
    Content,

    /// <summary>Noise around grey.</summary>
    Noise,
}
