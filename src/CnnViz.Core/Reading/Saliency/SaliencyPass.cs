using CnnViz.Networks;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// A batch of pictures on its way through a model. What several methods and targets need is computed once and kept in the tensor scope that it is made in: one
/// forward pass, recorded from where the first method needs gradients (the input, or the first layer of a class activation map).
/// </summary>
internal sealed class SaliencyPass
{
    private readonly RectifierSwitch? _rectifiers;
    private readonly Dictionary<int, Tensor> _recorded;
    private readonly Tensor _logits;
    private readonly bool _isShared;

    /// <summary>Runs the pictures through the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">Pictures that <see cref="NetworkInput.Prepare"/> gave, of one size.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="algorithms">The methods.</param>
    /// <param name="layer">The layers of class activation maps; null where no method needs any.</param>
    /// <param name="cancellation">Checked between parts of long methods.</param>
    public SaliencyPass(
        CnnModel model, IReadOnlyList<CnnImage> images, SaliencyOptions options, IReadOnlyList<SaliencyAlgorithm> algorithms, LayerChoice? layer, CancellationToken cancellation)
    {
        (Model, Images, Options, Layer, Cancellation) = (model, images, options, layer, cancellation);
        Input = NetworkInput.Batch(model, images);
        _rectifiers = algorithms.OfType<GradientAlgorithm>().Any(algorithm => algorithm.Rule != RectifierRule.Gradient) ? new RectifierSwitch() : null;
        _isShared = algorithms.Count > 1 || options.Target.Count > 1;
        _recorded = Record(algorithms.Any(algorithm => algorithm.UsesInputGradient));
        _logits = _recorded[model.Network.Nodes.Count - 1].flatten(1);
        Logits = TensorTransfer.ToArray(_logits);
    }

    /// <summary>The model.</summary>
    public CnnModel Model { get; }

    /// <summary>The pictures as the network sees them.</summary>
    public IReadOnlyList<CnnImage> Images { get; }

    /// <summary>What is wanted.</summary>
    public SaliencyOptions Options { get; }

    /// <summary>The layers of class activation maps; null where no method needs any.</summary>
    public LayerChoice? Layer { get; }

    /// <summary>Checked between the parts of a long method.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The normalised batch, <c>[N, C, H, W]</c>.</summary>
    public Tensor Input { get; }

    /// <summary>The logits, <c>[N, classes]</c>.</summary>
    public float[] Logits { get; }

    /// <summary>What is asked about; each target gives a map by each method.</summary>
    public IReadOnlyList<SaliencyTarget> Targets { get; set; } = [];

    /// <summary>The activations of a layer, recorded.</summary>
    public Tensor Activations(int position) => _recorded[position].detach();

    /// <summary>The gradients of a target's scores with respect to the input (position 0) or to layers.</summary>
    /// <param name="target">The target.</param>
    /// <param name="rule">What rectifiers let through.</param>
    /// <param name="positions">Where: nodes that the pass recorded.</param>
    public Tensor[] Gradients(SaliencyTarget target, RectifierRule rule, params ReadOnlySpan<int> positions)
    {
        using var scope = NewDisposeScope();
        if (_rectifiers is not null)
            _rectifiers.Rule = rule;
        var inputs = new Tensor[positions.Length];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = _recorded[positions[i]];
        // Rows do not know each other, so the gradient of their sum is each one's own.
        var gradients = autograd.grad([target.Score(_logits).sum()], inputs, retain_graph: _isShared);
        return [.. gradients.Select(gradient => gradient.MoveToOuterDisposeScope())];
    }

    private Dictionary<int, Tensor> Record(bool fromInput)
    {
        var output = Model.Network.Nodes.Count - 1;
        var layers = Layer?.Positions ?? [];
        var recorded = new Dictionary<int, Tensor>();
        if (fromInput || layers.Length == 0)
        {
            recorded[0] = Input.detach().requires_grad_(fromInput);
        }
        else
        {
            // Nothing in front of the first layer is recorded: no memory is kept for it, and the way back ends there.
            using var gradients = no_grad();
            recorded[layers[0]] = Model.Interpreter().Run(Input, layers[0])[0];
            recorded[layers[0]].requires_grad_();
        }
        int[] wanted = [.. layers.Where(layer => !recorded.ContainsKey(layer)), output];
        var found = Interpreter().Run(recorded, wanted);
        for (var i = 0; i < wanted.Length; i++)
            recorded[wanted[i]] = found[i];
        return recorded;
    }

    private Interpreter Interpreter()
    {
        var substitute = _rectifiers is null ? null : RuledRectifier.Substitute(_rectifiers);
        // A convolution that is folded has no gradient of its own, which a layer may be asked for.
        return (Layer is null ? Model.Answering() : Model.Interpreter()).With(substitute);
    }
}
