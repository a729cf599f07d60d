using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Reading.Faithfulness;

/// <summary>A map with the score that it explains: the picture as the network takes it, its pixels in the map's order, and the network to ask about changed pictures.</summary>
internal sealed class ExplainedScore
{
    private const int StepsUnlessTold = 28;
    private const int OrderStream = 0;

    /// <summary>Prepares the questions.</summary>
    /// <param name="map">The map.</param>
    /// <param name="model">The model that it explains.</param>
    /// <param name="options">The settings, checked.</param>
    /// <param name="cancellation">Checked before every batch.</param>
    public ExplainedScore(SaliencyMap map, CnnModel model, SaliencyMeasureOptions options, CancellationToken cancellation)
    {
        Class = map.Target ?? throw Errors.MapWithoutClass(map.Method.ToString(), map.Label);
        if (Class >= model.ClassCount)
            throw Errors.IndexOutOfRange("The map's class", Class, model.ClassCount);
        (Map, Probability, Model, Options, Cancellation) = (map, map.Probability!.Value, model, options, cancellation);
        // A map that has been elsewhere may have lost the mark of a picture that has its size already; None asks no more than that.
        Image = NetworkInput.Prepare(model, map.Image, PreprocessingMode.None);
        using var scope = NewDisposeScope();
        Input = TensorTransfer.ToArray(NetworkInput.Batch(model, [Image]));
        var importance = map.Importance().Data;
        var doubtful = importance.Count(value => !float.IsFinite(value));
        if (doubtful > 0)
            throw Errors.MapNotFinite(map.Method.ToString(), doubtful);
        Importance = importance;
        Order = ByFallingImportance(importance, SplitMix64.ForStream(options.Seed, OrderStream));
    }

    /// <summary>The map.</summary>
    public SaliencyMap Map { get; }

    /// <summary>The class whose score it explains.</summary>
    public int Class { get; }

    /// <summary>The probability of that class in the whole picture.</summary>
    public double Probability { get; }

    /// <summary>The model.</summary>
    public CnnModel Model { get; }

    /// <summary>The settings.</summary>
    public SaliencyMeasureOptions Options { get; }

    /// <summary>Checked before every batch, and by whoever computes longer.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The picture at the network's size.</summary>
    public CnnImage Image { get; }

    /// <summary>The normalised picture, channels × <see cref="PixelCount"/>.</summary>
    public float[] Input { get; }

    /// <summary>What each pixel counts for.</summary>
    public float[] Importance { get; }

    /// <summary>The pixels, the most important first; equally important ones are in random order, for any other would favour a part of the picture.</summary>
    public int[] Order { get; }

    /// <summary>Rows × columns.</summary>
    public int PixelCount => Order.Length;

    /// <summary>The pixels that a step of deletion or insertion changes.</summary>
    public int PixelStep => Options.PixelStep ?? Math.Max(1, PixelCount / StepsUnlessTold);

    /// <summary>True where the map says the same of all pixels.</summary>
    public bool IsConstant => Importance.AsSpan().IndexOfAnyExcept(Importance[0]) < 0;

    /// <summary>What the network says of normalised pictures: the logit and the probability of the map's class. They are taken from the sequence as they are needed.</summary>
    /// <param name="inputs">Pictures like <see cref="Input"/>.</param>
    public IEnumerable<(double Logit, double Probability)> Ask(IEnumerable<float[]> inputs)
    {
        foreach (var batch in inputs.Chunk(Options.BatchSize))
        {
            Cancellation.ThrowIfCancellationRequested();
            var logits = Logits(batch);
            for (var i = 0; i < batch.Length; i++)
            {
                var row = logits.AsSpan(i * Model.ClassCount, Model.ClassCount);
                yield return (row[Class], Softmax.Probability(row, Class));
            }
        }
    }

    /// <summary>The same method's maps of other pictures, or by another model of the same network, for the same class.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">Pictures at the network's size.</param>
    public IReadOnlyList<SaliencyMap> MakeAgain(CnnModel model, IReadOnlyList<CnnImage> images) => SaliencyReader.Read(
        model, images,
        Map.Options with { Method = [Map.Method], Target = [FormattableString.Invariant($"{Class}")], Preprocessing = PreprocessingMode.None }, cancellation: Cancellation);

    private float[] Logits(float[][] batch)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        long[] shape = [batch.Length, Image.ChannelCount, Image.Height, Image.Width];
        var values = TensorTransfer.ToNative([.. batch.SelectMany(input => input)], shape, device(Model.Device));
        return TensorTransfer.ToArray(Model.Run(values).flatten(1));
    }

    private static int[] ByFallingImportance(float[] importance, SplitMix64 random)
    {
        var keys = new (float Importance, ulong Lot)[importance.Length];
        var order = new int[importance.Length];
        for (var i = 0; i < order.Length; i++)
            (keys[i], order[i]) = ((importance[i], random.NextUInt64()), i);
        Array.Sort(keys, order, Comparer<(float Importance, ulong Lot)>.Create((first, second) =>
            first.Importance == second.Importance ? first.Lot.CompareTo(second.Lot) : second.Importance.CompareTo(first.Importance)));
        return order;
    }
}
