using static TorchSharp.torch;

namespace CnnViz.Running;

/// <summary>Adam (Kingma and Ba 2015) over one tensor.</summary>
/// <param name="parameter">What is optimised, in place.</param>
public sealed class Adam(Tensor parameter) : Optimizer
{
    private readonly Tensor _mean = zeros_like(parameter).DetachFromDisposeScope();
    private readonly Tensor _square = zeros_like(parameter).DetachFromDisposeScope();
    private int _steps;

    /// <summary>The decay of the running mean of gradients.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The decay of the running mean of squared gradients.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Takes the weight decay off the values themselves (Loshchilov and Hutter 2019) instead of adding it to the gradient.</summary>
    public bool IsDecoupled { get; init; }

    /// <inheritdoc/>
    public override int StateCount => 2;

    /// <inheritdoc/>
    public override void Step(Tensor gradient, double learningRate)
    {
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        _steps++;
        if (WeightDecay != 0 && IsDecoupled)
            parameter.mul_(1 - learningRate * WeightDecay);
        else if (WeightDecay != 0)
            gradient = gradient.add(parameter, WeightDecay);
        _mean.mul_(Beta1).add_(gradient, 1 - Beta1);
        _square.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        var correction1 = 1 - Math.Pow(Beta1, _steps);
        var correction2 = 1 - Math.Pow(Beta2, _steps);
        var scale = (_square / correction2).sqrt().add_(Epsilon);
        parameter.addcdiv_(_mean, scale, -learningRate / correction1);
    }

    /// <summary>Both moments are resized and the count of steps goes on, so that the first steps of the new size are no leaps.</summary>
    /// <param name="earlier">The optimiser of the other size; another than Adam says nothing.</param>
    /// <param name="resize">Brings a tensor of the other size to this one.</param>
    public override void Inherit(Optimizer earlier, Func<Tensor, Tensor> resize)
    {
        if (earlier is not Adam adam)
            return;
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        _mean.copy_(resize(adam._mean));
        _square.copy_(resize(adam._square).clamp(min: 0));
        _steps = adam._steps;
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        checkpoint.Put("adam.mean", _mean);
        checkpoint.Put("adam.square", _square);
        checkpoint.Put("adam.steps", Text(_steps));
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        using var scope = NewDisposeScope();
        _mean.copy_(checkpoint.Tensor("adam.mean"));
        _square.copy_(checkpoint.Tensor("adam.square"));
        _steps = Count(checkpoint.Text("adam.steps"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _mean.Dispose();
        _square.Dispose();
    }
}
