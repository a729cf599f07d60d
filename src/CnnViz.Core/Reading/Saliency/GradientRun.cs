using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// Gradients of altered copies of one picture. A network begins with a linear part (its first convolution): there a point between two pictures is the point
/// between their outputs, and a sum of gradients is taken back as one. So methods that go along a way or sum over copies compute only what is behind.
/// </summary>
internal sealed class GradientRun
{
    private readonly SaliencyPass _pass;
    private readonly Interpreter _interpreter;
    private readonly int _picture;
    private readonly int _front;
    private readonly Tensor _point;
    private readonly Tensor _entered;

    /// <summary>Makes ready for copies of a picture; what it keeps belongs to the tensor scope that it is made in.</summary>
    /// <param name="pass">The pictures and the targets.</param>
    /// <param name="rule">What rectifiers let through.</param>
    /// <param name="picture">Which of the pictures.</param>
    public GradientRun(SaliencyPass pass, RectifierRule rule, int picture)
    {
        (_pass, _picture) = (pass, picture);
        // Behind a pooling a rule would see other gradients; the derivative is the same.
        _interpreter = rule == RectifierRule.Gradient
            ? pass.Answering()
            : pass.Model.Answering().With(RuledRectifier.Substitute(new RectifierSwitch { Rule = rule }));
        _front = pass.SeesPicture ? 0 : LinearFront(_interpreter.Network, pass.Ends);
        _point = pass.Input.narrow(0, picture, 1).detach().requires_grad_();
        _entered = _interpreter.Run(_point, _front)[0];
    }

    /// <summary>What the linear part makes of pictures.</summary>
    /// <param name="copies"><c>[n, C, H, W]</c>.</param>
    public Tensor Enter(Tensor copies)
    {
        using var gradients = no_grad();
        return _interpreter.Run(copies, _front)[0];
    }

    /// <summary>The gradient of each target's score with respect to what <see cref="Enter"/> gives.</summary>
    /// <param name="entered">Copies behind the linear part.</param>
    public Tensor[] AtEntrance(Tensor entered) => Gradients(_front, entered);

    /// <summary>The gradient of each target's score with respect to the copies, <c>[n, C, H, W]</c>.</summary>
    public Tensor[] AtInput(Tensor copies) => Gradients(0, copies);

    /// <summary>Takes a gradient, or a sum of gradients, from behind the linear part to the input, <c>[1, C, H, W]</c>.</summary>
    public Tensor Back(Tensor gradient) =>
        BackwardPass.Gradients([_entered], [_point], [gradient], retainGraph: true)[0];

    /// <summary>
    /// The weighted sum of the copies' gradients, <c>[1, …]</c>, as one product of matrices: sums along the batch of channels-last tensors go number by number.
    /// </summary>
    /// <param name="gradients">A gradient a copy, <c>[n, C, H, W]</c>.</param>
    /// <param name="weights">A weight a copy.</param>
    public static Tensor Sum(Tensor gradients, ReadOnlySpan<double> weights)
    {
        using var scope = NewDisposeScope();
        var values = new float[weights.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)weights[i];
        var row = TensorTransfer.ToNative(values, [1, values.Length], device: gradients.device).to(gradients.dtype);
        var isChannelsLast = gradients.ndim == 4 && !gradients.is_contiguous();
        var rows = isChannelsLast ? gradients.permute(0, 2, 3, 1).contiguous() : gradients.contiguous();
        var sum = row.Times(rows.view(values.Length, -1)).view([1, .. rows.shape[1..]]);
        return (isChannelsLast ? sum.permute(0, 3, 1, 2) : sum).MoveToOuterDisposeScope();
    }

    private Tensor[] Gradients(int position, Tensor given)
    {
        using var scope = NewDisposeScope();
        var leaf = given.detach().requires_grad_();
        var found = _interpreter.Run(new Dictionary<int, Tensor> { [position] = leaf }, _pass.Ends);
        var answers = _pass.Inputs(leaf, end => found[Array.IndexOf(_pass.Ends, end)]);
        var gradients = new Tensor[_pass.Targets.Count];
        for (var i = 0; i < gradients.Length; i++)
        {
            // Copies do not know each other, so the gradient of their sum is each one's own.
            var score = _pass.Targets[i].Of(_picture).Value(answers).sum();
            var gradient = BackwardPass.Gradient(score, leaf, retainGraph: i + 1 < gradients.Length);
            gradients[i] = gradient.MoveToOuterDisposeScope();
        }
        return gradients;
    }

    /// <summary>
    /// The last node of the chain of linear operations that begins at the input, and that everything asked about is behind; 0 where the first operation is none, or
    /// the input goes several ways.
    /// </summary>
    private static int LinearFront(Network network, int[] ends)
    {
        var needed = NetworkAnalysis.Needed(network, ends);
        var last = 0;
        while (true)
        {
            int[] users = [.. Enumerable.Range(last + 1, network.Nodes.Count - last - 1).Where(i => needed[i] && network.Nodes[i].Inputs.Contains(last))];
            if (ends.Contains(last) || users is not [var next] || network.Nodes[next] is not { Inputs.Count: 1, Operation: Convolution or ConstantPadding or BatchNormalization })
                return last;
            last = next;
        }
    }
}
