using CnnViz.Networks;

namespace CnnViz.Training.Inputs;

/// <summary>
/// Decides what a training reads: all pixels at once where they are there as bytes in the right size, else pictures when they are needed, kept where they
/// fit into memory; and behind a frozen part in front, what that makes of them, kept.
/// </summary>
internal sealed class TrainingInputsLoader
{
    /// <summary>Pictures that go through the frozen part together.</summary>
    private const int FeatureBlock = 8;

    private readonly CnnModel _model;

    /// <summary>Opens the parts of a dataset. Nothing is computed yet.</summary>
    /// <param name="model">The model that is started from: its preprocessing, and the weights of the frozen part.</param>
    /// <param name="network">The model's network with its frozen layers.</param>
    /// <param name="train">What is learned from.</param>
    /// <param name="validation">What tells how well it goes; null for none.</param>
    /// <param name="test">What is judged by; null for none.</param>
    /// <param name="isVaried">True where pictures are varied, so that none is seen twice.</param>
    /// <param name="cacheLimit">The bytes that may be kept.</param>
    public TrainingInputsLoader(CnnModel model, Network network, CnnDataset train, CnnDataset? validation, CnnDataset? test, bool isVaried, long cacheLimit)
    {
        (_model, Network, Preprocessing) = (model, network, model.Preprocessing);
        var count = train.Count + (validation?.Count ?? 0L) + (test?.Count ?? 0L);
        var end = isVaried ? 0 : Freezing.PrefixEnd(network);
        if (end > 0 && count * Size(NetworkAnalysis.OutputShapes(network, network.InputShape)[end]) * sizeof(float) <= cacheLimit)
        {
            (Network, Preprocessing) = (Freezing.Behind(network, end), null);
            Parts = Open(dataset => new CachedInputs(new FeatureInputs(Pictures(dataset), model, end), FeatureBlock));
        }
        else
        {
            var isKept = count * Size(PictureShape) <= cacheLimit;
            Parts = Open(dataset => Pictures(dataset) switch
            {
                PictureInputs pictures when isKept => new CachedInputs(pictures),
                var inputs => inputs,
            });
        }

        TrainingParts Open(Func<CnnDataset, TrainingInputs> open)
        {
            TrainingData Part(CnnDataset dataset) => new(open(dataset), dataset.GetClasses());
            return new TrainingParts(Part(train), validation is null ? null : Part(validation), test is null ? null : Part(test));
        }
    }

    /// <summary>The inputs, the caller's to dispose.</summary>
    public TrainingParts Parts { get; }

    /// <summary>What is left to be trained: the network, or what is behind its frozen part in front.</summary>
    public Network Network { get; }

    /// <summary>How the inputs are normalised; null where they are features.</summary>
    public Preprocessing? Preprocessing { get; }

    private int[] PictureShape => [_model.Preprocessing.ChannelCount, _model.Preprocessing.Height, _model.Preprocessing.Width];

    private TrainingInputs Pictures(CnnDataset dataset)
    {
        var preprocessing = _model.Preprocessing;
        var isAsItIs = dataset.ImageShape is { } shape && shape.SequenceEqual(PictureShape)
            && (preprocessing.ShorterSide is null || (preprocessing.ShorterSide == shape[1] && shape[1] == shape[2]));
        return isAsItIs ? new PixelInputs(dataset.ReadPixels()!, dataset.ImageShape!) : new PictureInputs(dataset, _model);
    }

    private static long Size(IEnumerable<int> shape) => shape.Aggregate(1L, (product, extent) => product * extent);
}
