namespace CnnViz;

/// <summary>A part of a dataset.</summary>
public enum DatasetSplit
{
    /// <summary>What a network learns from.</summary>
    Train,

    /// <summary>What it is judged by.</summary>
    Test,
}
