namespace CnnViz.Attacks;

/// <summary>How far a picture is from another.</summary>
public enum AttackNorm
{
    /// <summary>The largest change of a value.</summary>
    Linf,

    /// <summary>The root of the sum of the squared changes.</summary>
    L2,
}
