using System.Runtime.ExceptionServices;
using CnnViz.Imaging;
using CnnViz.Reading;
using static TorchSharp.torch;

namespace CnnViz.Training.Inputs;

/// <summary>
/// Pictures of any size, read when they are asked for, on all cores, and brought into a model's form: its colours and size, rounded to bytes as
/// picture files are.
/// </summary>
/// <param name="dataset">The pictures; they stay the caller's.</param>
/// <param name="model">The model whose preprocessing is used.</param>
public sealed class PictureInputs(CnnDataset dataset, CnnModel model) : TrainingInputs
{
    /// <inheritdoc/>
    public override int Count => dataset.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Shape { get; } = [model.Preprocessing.ChannelCount, model.Preprocessing.Height, model.Preprocessing.Width];

    /// <inheritdoc/>
    public override ScalarType DataType => ScalarType.Byte;

    /// <inheritdoc/>
    /// <exception cref="CnnVizException">A picture cannot be read.</exception>
    public override Tensor Read(Tensor positions, CancellationToken cancellation)
    {
        var chosen = ToArray(positions);
        var size = Shape.Aggregate((product, extent) => product * extent);
        var pixels = new byte[chosen.Length * size];
        try
        {
            Parallel.For(0, chosen.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                var image = NetworkInput.Prepare(model, dataset.GetImage((int)chosen[i]));
                var target = pixels.AsSpan(i * size, size);
                for (var j = 0; j < target.Length; j++)
                    target[j] = ImageConversion.ToByte(image.Data[j]);
            });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        return tensor(pixels, [chosen.Length, .. Shape.Select(extent => (long)extent)]);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
