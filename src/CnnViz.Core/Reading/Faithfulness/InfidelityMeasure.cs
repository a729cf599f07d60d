using CnnViz.Imaging;

namespace CnnViz.Reading.Faithfulness;

/// <summary>
/// Infidelity (Yeh et al. 2019) as captum computes it: the mean over noise I of (I·φ − (f(x) − f(x − I)))², f being the logit and φ the map. Maps of methods
/// that multiply by the way from a baseline are divided by it again, as captum's <c>multiply_by_inputs</c> does.
/// </summary>
internal static class InfidelityMeasure
{
    /// <summary>Measures it.</summary>
    /// <param name="explained">The map and its score.</param>
    /// <param name="samples">Noises like the input.</param>
    /// <returns>For the map's best scale (captum's <c>normalize</c>) and as it stands; null where the map was multiplied by the way from another baseline than 0, or its channels are no longer apart.</returns>
    public static (double Scaled, double Unscaled)? Of(ExplainedScore explained, IEnumerable<float[]> samples) =>
        Local(explained) is { } map ? Of(explained, samples, map) : null;

    /// <summary>The same for a map at the input's shape, in units of score for a unit of input.</summary>
    internal static (double Scaled, double Unscaled) Of(ExplainedScore explained, IEnumerable<float[]> samples, float[] map)
    {
        var said = new List<double>();
        var answers = explained.Ask(new[] { explained.Input }.Concat(samples.Select(noise =>
        {
            said.Add(Dot(noise, map));
            return explained.Input.Zip(noise, (value, change) => value - change).ToArray();
        }))).ToArray();
        double[] done = [.. answers.Skip(1).Select(answer => answers[0].Logit - answer.Logit)];
        var (saidSaid, saidDone) = (said.Sum(value => value * value), said.Zip(done, (first, second) => first * second).Sum());
        var scale = saidSaid == 0 ? 0 : saidDone / saidSaid;
        return (Mean(scale), Mean(1));

        double Mean(double factor) => said.Zip(done, (first, second) => Math.Pow(factor * first - second, 2)).Average();
    }

    /// <summary>The map at the input's shape, in units of score for a unit of input.</summary>
    private static float[]? Local(ExplainedScore explained)
    {
        var (values, image) = (explained.Map.Values, explained.Image);
        var sized = (values.Shape[1], values.Shape[2]) == (image.Height, image.Width) ? values : ImageResize.Resize(values, image.Height, image.Width);
        var map = new float[explained.Input.Length];
        for (var i = 0; i < map.Length; i++)
            map[i] = sized.Data[i % sized.Count];
        var method = explained.Map.Method == SaliencyMethod.SmoothGrad ? explained.Map.Options.BaseMethod : explained.Map.Method;
        if (method is not (SaliencyMethod.InputXGradient or SaliencyMethod.IntegratedGradients or SaliencyMethod.DeepLift))
            return map;
        var isFromZero = method == SaliencyMethod.InputXGradient || explained.Map.Options is { Baseline: BaselineKind.Mean, BaselineImage: null };
        // Channels that were reduced to one are no longer each its own input's.
        if (!isFromZero || sized.Count != map.Length)
            return null;
        return Divided(map, explained.Input);
    }

    /// <summary>What is multiplied by the way from 0 to the input, for a unit of that way.</summary>
    internal static float[] Divided(float[] map, float[] input) => [.. map.Zip(input, (value, way) => way == 0 ? value : value / way)];

    private static double Dot(float[] first, float[] second)
    {
        var sum = 0.0;
        for (var i = 0; i < first.Length; i++)
            sum += (double)first[i] * second[i];
        return sum;
    }
}
