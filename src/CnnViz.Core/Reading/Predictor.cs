using static TorchSharp.torch;

namespace CnnViz.Reading;

/// <summary>What a model sees in pictures.</summary>
public static class Predictor
{
    /// <summary>The most probable classes of each picture, a list a picture.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">The pictures; they are computed together.</param>
    /// <param name="options">The settings.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>, <c>ModelDisposed</c>, <c>ArgumentInvalid</c>, <c>ModelWithoutClasses</c>.</exception>
    public static IReadOnlyList<IReadOnlyList<Prediction>> Predict(CnnModel model, IReadOnlyList<CnnImage> images, PredictionOptions options)
    {
        if (options.Top < 1)
            throw Errors.ArgumentInvalid(nameof(options.Top), options.Top, "1 or more");
        if (!model.Network.HasClasses)
            throw Errors.ModelWithoutClasses(model.Name, model.Network.Nodes[^1].Name);
        var prepared = images.Select(image => NetworkInput.Prepare(model, image, options.Preprocessing)).ToArray();
        var (logits, probabilities) = Compute(model, prepared);
        var batch = Recipes.Of("Get-CnnPrediction", [model], prepared.Length, options);
        var classes = model.ClassCount;
        return
        [
            .. prepared.Select((image, i) => (Image: image, Recipe: batch.OfImage(image, i))).Select((asked, i) => Enumerable.Range(0, classes)
                .OrderByDescending(index => logits[i * classes + index])
                .Take(options.Top)
                .Select((index, rank) => new Prediction
                {
                    Image = asked.Image,
                    Rank = rank + 1,
                    Class = index,
                    Label = model.Labels[index],
                    WordNetId = model.Classes.WordNetIds?[index],
                    Probability = probabilities[i * classes + index],
                    Logit = logits[i * classes + index],
                    Model = model,
                    Recipe = asked.Recipe with { ResultIndex = rank },
                })
                .ToArray()),
        ];
    }

    private static (float[] Logits, float[] Probabilities) Compute(CnnModel model, CnnImage[] images)
    {
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        var logits = model.Run(NetworkInput.Batch(model, images)).flatten(1);
        return (TensorTransfer.ToArray(logits), TensorTransfer.ToArray(logits.softmax(1)));
    }
}
