using System.Runtime.InteropServices;
using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Tests.Networks;

/// <summary>
/// A network in double precision whose rectifiers are given their signs: those of double precision, but either one for
/// inputs that lie within float32's rounding of 0, where float32 may see either.
/// </summary>
internal sealed class TiedRectifiers
{
    /// <summary>Rounding of float32 after the sums of a network, relative to the largest value of a layer.</summary>
    private const double Rounding = 1e-7;
    private const int MaxTies = 12;

    private readonly Network _network;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly Tensor _image;
    private readonly Tensor _objective;
    private readonly Dictionary<int, Tensor> _isOpen = [];
    private readonly List<(int Node, long Place)> _ties = [];

    public TiedRectifiers(Network network, Dictionary<string, Tensor> weights, Tensor image, Tensor objective)
    {
        _network = network;
        _weights = weights.ToDictionary(pair => pair.Key, pair => ToDouble(pair.Value));
        (_image, _objective) = (ToDouble(image.detach()), ToDouble(objective));
        using var gradients = no_grad();
        Run(_image, (node, input) =>
        {
            _isOpen[node] = ToDouble(input.gt(0));
            var isTied = input.abs().lt(Rounding * input.abs().max().ToDouble()).logical_and(input.ne(0));
            _ties.AddRange(isTied.flatten().nonzero().flatten().data<long>().Select(place => (node, place)));
        });
        Assert.InRange(_ties.Count, 0, MaxTies);
    }

    /// <summary>The smallest distance of a gradient to those that double precision gives, found sign by sign.</summary>
    public double NearestTo(double[] gradient, int[] positions, Func<double[], double[], double> distance)
    {
        var nearest = distance(gradient, Gradient(positions));
        foreach (var (node, place) in _ties)
        {
            Flip(node, place);
            var flipped = distance(gradient, Gradient(positions));
            if (flipped < nearest)
                nearest = flipped;
            else
                Flip(node, place);
        }
        return nearest;
    }

    private double[] Gradient(int[] positions)
    {
        using var scope = NewDisposeScope();
        var image = _image.clone().requires_grad_();
        var output = Run(image, (_, _) => { });
        var gradient = BackwardPass.Gradient((_objective * output.select(0, 0)).sum(), image).flatten();
        return [.. positions.Select(position => gradient[position].ToDouble())];
    }

    private void Flip(int node, long place)
    {
        var values = MemoryMarshal.Cast<byte, double>(_isOpen[node].bytes);
        values[(int)place] = 1 - values[(int)place];
    }

    private Tensor Run(Tensor image, Action<int, Tensor> see)
    {
        var values = new Tensor[_network.Nodes.Count];
        values[0] = image;
        var interpreter = new Interpreter(_network, _weights);
        var lastUses = interpreter.LastUses(_ => false, [values.Length - 1]);
        for (var i = 1; i < values.Length; i++)
        {
            var node = _network.Nodes[i];
            if (lastUses[i] < 0)
                continue;
            Tensor[] inputs = [.. node.Inputs.Select(input => values[input])];
            if (node.Operation is not Activation { Function: ActivationFunction.Relu })
            {
                values[i] = interpreter.Apply(node, inputs);
                continue;
            }
            see(i, inputs[0]);
            values[i] = inputs[0] * _isOpen[i];
        }
        return values[^1];
    }

    private static Tensor ToDouble(Tensor tensor) =>
        tensor.dtype == ScalarType.Int64 ? tensor : tensor.to(ScalarType.Float64);
}
