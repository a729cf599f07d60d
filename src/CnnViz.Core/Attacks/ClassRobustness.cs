namespace CnnViz;

/// <summary>How many pictures of one class are still read rightly under attack.</summary>
/// <param name="Class">The class.</param>
/// <param name="Label">Its name.</param>
/// <param name="Count">Its pictures.</param>
/// <param name="Robust">How many are read rightly under attack.</param>
public sealed record ClassRobustness(int Class, string Label, int Count, int Robust)
{
    /// <summary>The part of them, in [0,1].</summary>
    public double Accuracy => Count == 0 ? double.NaN : (double)Robust / Count;
}
