using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>What is doubtful about a raw map, each with the reason and what to try.</summary>
internal static class SaliencyDoubts
{
    /// <summary>The warnings of one map; none for a map that says something.</summary>
    /// <param name="pass">The pass that it comes from.</param>
    /// <param name="algorithm">Its method.</param>
    /// <param name="target">Its target.</param>
    /// <param name="picture">The picture's place in the batch.</param>
    /// <param name="values">The raw map.</param>
    public static string[] Of(SaliencyPass pass, SaliencyAlgorithm algorithm, SaliencyTarget target, int picture, CnnTensor values)
    {
        var lost = values.Data.Count(value => !float.IsFinite(value));
        if (lost > 0)
            return [NotFinite(pass, algorithm, picture, lost, values.Count)];
        if (values.Minimum == 0 && values.Maximum == 0)
            return [$"The {algorithm.Method} map is zero everywhere: {WhyZero(pass, algorithm, target, picture)}"];
        var doubts = new List<string>();
        var what = target.ClassOf(picture) is null ? "the objective" : "the class";
        if (values.Minimum == values.Maximum)
            doubts.Add($"The {algorithm.Method} map is the same everywhere, so that nothing stands out in it. {WayOutOfSameness(algorithm)}");
        else if (algorithm.Kind == SaliencyKind.ClassActivation && values.Maximum <= 0 && pass.Options is { Preset: SaliencyPreset.None, Sign: not SaliencySign.Absolute })
            doubts.Add($"The {algorithm.Method} map has no positive part: nothing at this layer speaks for {what}, and the heatmap is zero. -Sign Absolute shows what speaks against it; or try another layer or target.");
        if (algorithm.Method == SaliencyMethod.AblationCam && pass.Score(target, picture) < 0)
            doubts.Add($"The score of {what} is below zero, and AblationCam divides by it: maps that {what} loses by count as positive. Try a target that the network believes in, or GradCam.");
        return [.. doubts];
    }

    private static string WayOutOfSameness(SaliencyAlgorithm algorithm) => algorithm switch
    {
        { Method: SaliencyMethod.Occlusion } => "Try a smaller -Window, which does not cover the whole picture.",
        { UsesLayer: true } => "Try a layer nearer to the input with -Layer.",
        _ => "Try another method or target.",
    };

    private static string NotFinite(SaliencyPass pass, SaliencyAlgorithm algorithm, int picture, int lost, int count)
    {
        var found = $"{lost} of {count} values of the {algorithm.Method} map are not finite";
        return !pass.IsFinite(picture)
            ? $"{found}, for the network's own scores are not: its weights are damaged, or the picture's values too large. Look at the model's warnings, and use -Precision float32."
            : $"{found}: it divides by what is zero for this picture. Try another method, such as GradCam or Occlusion.";
    }

    private static string WhyZero(SaliencyPass pass, SaliencyAlgorithm algorithm, SaliencyTarget target, int picture)
    {
        using var scope = NewDisposeScope();
        if (!algorithm.UsesLayer)
            return "the score does not react to any pixel, as when every rectifier on the way is closed (dead). Try another target, or a method without gradients, such as Occlusion or Rise.";
        int[] layers = [.. (algorithm.OwnLayer(pass.Model) ?? pass.Layer!).Positions];
        if (layers.All(layer => IsZero(pass.Activations(layer))))
            return "every map of the layer is silent for this picture. Try a layer nearer to the input with -Layer.";
        if (algorithm.UsesLayerGradient && layers.All(layer => IsZero(pass.LayerGradient(target, layer))))
            return "the gradient of the score is zero at the layer, for every rectifier behind it is closed (dead). Try another layer or target, or a method without gradients, such as ScoreCam or Occlusion.";
        return "what the layer's maps have for the class cancels out. Try another layer or method.";

        bool IsZero(Tensor values) => !TensorTransfer.ToArray(values.select(0, picture)).AsSpan().ContainsAnyExcept(0);
    }
}
