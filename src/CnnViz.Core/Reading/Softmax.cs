namespace CnnViz.Reading;

/// <summary>What logits say of a class among all.</summary>
internal static class Softmax
{
    /// <summary>The probability of a class, in [0,1], in double precision.</summary>
    /// <param name="logits">A logit a class.</param>
    /// <param name="index">The class.</param>
    public static double Probability(ReadOnlySpan<float> logits, int index)
    {
        var largest = (double)float.MinValue;
        foreach (var logit in logits)
            largest = Math.Max(largest, logit);
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - largest);
        return Math.Exp(logits[index] - largest) / sum;
    }
}
