namespace CnnViz.Reading.Saliency;

/// <summary>What is kept of a raw map's signs and channels.</summary>
internal static class SignAndReduction
{
    /// <summary>The signs are treated first, so that the maximum is one of magnitudes where the sign is <see cref="SaliencySign.Absolute"/>.</summary>
    /// <param name="values">A raw map, <c>[C, H, W]</c>.</param>
    /// <param name="options">The sign and the reduction.</param>
    /// <returns><c>[C, H, W]</c>, or <c>[1, H, W]</c> where channels are reduced.</returns>
    public static CnnTensor Apply(CnnTensor values, SaliencyOptions options)
    {
        var signed = options.Sign switch
        {
            SaliencySign.Absolute => new CnnTensor(Array.ConvertAll(values.Data, Math.Abs), values.Shape, values.Layout),
            SaliencySign.Positive => new CnnTensor(Array.ConvertAll(values.Data, value => Math.Max(value, 0)), values.Shape, values.Layout),
            _ => values,
        };
        return options.Reduction switch
        {
            ChannelReduction.Maximum => Reduce(signed, Math.Max),
            ChannelReduction.Mean => Reduce(signed, (sum, value) => sum + value, 1f / values.Shape[0]),
            _ => signed,
        };
    }

    private static CnnTensor Reduce(CnnTensor values, Func<float, float, float> combine, float factor = 1)
    {
        var size = values.Shape[1] * values.Shape[2];
        var reduced = values.Data.AsSpan(0, size).ToArray();
        for (var i = size; i < values.Count; i++)
            reduced[i % size] = combine(reduced[i % size], values.Data[i]);
        for (var i = 0; i < size; i++)
            reduced[i] *= factor;
        return new CnnTensor(reduced, [1, values.Shape[1], values.Shape[2]], values.Layout);
    }
}
