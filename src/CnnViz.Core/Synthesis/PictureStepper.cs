using CnnViz.Running;

namespace CnnViz.Synthesis;

/// <summary>A run that makes pictures.</summary>
public abstract class PictureStepper : Stepper
{
    /// <summary>True where the pictures are the network's input as it stands, and no pixels.</summary>
    public abstract bool IsRaw { get; }

    /// <summary>True where a limit of memory has steps computed in parts: what looks at the pictures as a whole may not fit, either.</summary>
    public abstract bool IsDivided { get; }

    /// <summary>The pictures as they are, <c>[N, C, H, W]</c>; in [0,1] unless they are raw. Fewer than wanted where it ended before it came to all of them.</summary>
    public abstract CnnTensor Pictures();

    /// <summary>The objective of a picture at each step.</summary>
    /// <param name="picture">The picture's place among <see cref="Pictures"/>.</param>
    public abstract double[] HistoryOf(int picture);

    /// <summary>The terms of the objective at each step, by their names; empty where they are not told apart.</summary>
    public virtual IReadOnlyDictionary<string, double[]> Terms => new Dictionary<string, double[]>();
}
