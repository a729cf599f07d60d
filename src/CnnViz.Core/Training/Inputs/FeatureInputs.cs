using CnnViz.Networks;
using static TorchSharp.torch;

namespace CnnViz.Training.Inputs;

/// <summary>What the frozen part in front of a network makes of pictures.</summary>
public sealed class FeatureInputs : TrainingInputs
{
    private readonly TrainingInputs _pictures;
    private readonly CnnModel _model;
    private readonly int _end;

    /// <summary>Takes the pictures over.</summary>
    /// <param name="pictures">The pictures as bytes.</param>
    /// <param name="model">The model whose front part is frozen; it stays the caller's.</param>
    /// <param name="end">The position of the last frozen node, as <see cref="Freezing.PrefixEnd"/> gives it.</param>
    public FeatureInputs(TrainingInputs pictures, CnnModel model, int end)
    {
        (_pictures, _model, _end) = (pictures, model, end);
        Shape = NetworkAnalysis.OutputShapes(model.Network, model.Network.InputShape)[end];
    }

    /// <inheritdoc/>
    public override int Count => _pictures.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Shape { get; }

    /// <inheritdoc/>
    public override ScalarType DataType => ScalarType.Float32;

    /// <inheritdoc/>
    public override Tensor Read(Tensor positions, CancellationToken cancellation)
    {
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        var pixels = TrainingData.ToNumbers(_pictures.Read(positions, cancellation)).to(device(_model.Device));
        return _model.Answering().Run(_model.Preprocessing.Normalize(pixels), _end)[0].cpu().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _pictures.Dispose();
    }
}
