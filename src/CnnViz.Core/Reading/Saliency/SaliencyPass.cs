using CnnViz.Networks;
using CnnViz.Objectives;
using CnnViz.Running;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// A batch of pictures on its way through a model. What several methods and targets need is computed once and kept in the tensor scope that it is made in: one
/// forward pass, recorded from where the first method needs gradients (the input, or the first layer of a class activation map) to the last layer that is asked about.
/// </summary>
internal sealed class SaliencyPass
{
    private readonly RectifierSwitch? _rectifiers;
    private readonly int[] _layers;
    private readonly Dictionary<int, Tensor> _recorded;
    private readonly Dictionary<SaliencyTarget, Tensor[]> _layerGradients = [];
    private readonly ObjectiveInputs _inputs;
    private readonly Dictionary<SaliencyTarget, float[]> _scores = [];
    private readonly SaliencyQuestions _questions;
    private readonly bool _usesLayerGradient;
    private readonly bool _isShared;

    /// <summary>Runs the pictures through the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">Pictures that <see cref="NetworkInput.Prepare"/> gave, of one size.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="questions">What is asked about.</param>
    /// <param name="algorithms">The methods.</param>
    /// <param name="layer">The layers of class activation maps; null where no method lets them be chosen.</param>
    /// <param name="cancellation">Checked between parts of long methods.</param>
    public SaliencyPass(
        CnnModel model, IReadOnlyList<CnnImage> images, SaliencyOptions options, SaliencyQuestions questions, IReadOnlyList<SaliencyAlgorithm> algorithms, LayerChoice? layer,
        CancellationToken cancellation)
    {
        (Model, Images, Options, _questions, Layer, Cancellation) = (model, images, options, questions, layer, cancellation);
        Input = NetworkInput.Batch(model, images);
        _rectifiers = algorithms.Any(algorithm => algorithm.Rule != RectifierRule.Gradient) ? new RectifierSwitch() : null;
        _layers = [.. algorithms.Where(algorithm => algorithm.UsesLayer).SelectMany(algorithm => (algorithm.OwnLayer(model) ?? layer!).Positions).Distinct().Order()];
        _usesLayerGradient = algorithms.Any(algorithm => algorithm.UsesLayerGradient);
        var usesInputGradient = algorithms.Any(algorithm => algorithm.UsesInputGradient);
        _isShared = questions.Count * (algorithms.Count(algorithm => algorithm.UsesInputGradient) + (_usesLayerGradient ? 1 : 0)) > 1;
        _recorded = Record(usesInputGradient || _layers.Length == 0 ? 0 : _layers[0], usesInputGradient || _usesLayerGradient);
        _inputs = Inputs(_recorded.GetValueOrDefault(0, Input), position => _recorded[position]);
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

    /// <summary>Is told how far a long method is; null where nobody asks.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>What is done at present, for the progress.</summary>
    public string Activity { get; set; } = "";

    /// <summary>The normalised batch, <c>[N, C, H, W]</c>.</summary>
    public Tensor Input { get; }

    /// <summary>Where the targets look, in order; nothing behind the last is computed.</summary>
    public int[] Ends => _questions.Ends;

    /// <summary>True where a target looks at the pixels themselves.</summary>
    public bool SeesPicture => _questions.SeesPicture;

    /// <summary>What is asked about; each target gives a map by each method.</summary>
    public IReadOnlyList<SaliencyTarget> Targets
    {
        get;
        set
        {
            field = value;
            foreach (var target in value)
                _scores[target] = TensorTransfer.ToArray(target.Score(_inputs).detach());
            // Once for all methods, and kept as long as the pass.
            foreach (var target in _usesLayerGradient ? value : [])
                _layerGradients[target] = Gradients(target, RectifierRule.Gradient, _layers);
        }
    } = [];

    /// <summary>The score of a picture.</summary>
    public float Score(SaliencyTarget target, int picture) => _scores[target][picture];

    /// <summary>What the network answers to the pictures, a row of logits each; empty where nobody asks about the output.</summary>
    public float[] Logits() => Layers.Contains(Objective.Output) ? TensorTransfer.ToArray(_inputs[Objective.Output].detach().flatten(1)) : [];

    /// <summary>Whether everything that targets look at in a picture is a number.</summary>
    public bool IsFinite(int picture) => Array.TrueForAll(Layers, layer => _inputs[layer].select(0, picture).isfinite().all().item<bool>());

    /// <summary>Runs as far as the targets look, over altered copies of pictures.</summary>
    public Interpreter Answering() => Ends is [var only] && only == Model.Network.Nodes.Count - 1 ? Model.Logits() : Model.Answering();

    /// <summary>What targets look at in altered pictures, without a way back.</summary>
    /// <param name="pictures">The pictures as the network takes them, <c>[n, C, H, W]</c>.</param>
    public ObjectiveInputs Ask(Tensor pictures)
    {
        using var gradients = no_grad();
        var values = Answering().Run(pictures.to(Model.DataType), Ends);
        return Inputs(pictures, position => values[Array.IndexOf(Ends, position)]);
    }

    /// <summary>The scores of altered copies of a picture, for every target a value a copy.</summary>
    public float[][] Scores(ObjectiveInputs inputs, int picture) => [.. Targets.Select(target => TensorTransfer.ToArray(target.Of(picture).Value(inputs)))];

    /// <summary>What targets look at.</summary>
    /// <param name="pictures">The pictures as the network takes them.</param>
    /// <param name="values">What it makes of them, by position.</param>
    public ObjectiveInputs Inputs(Tensor pictures, Func<int, Tensor> values) => new(
        SeesPicture && !Images[0].IsNormalized ? Model.Preprocessing.Denormalize(pictures) : pictures,
        Layers.ToDictionary(layer => layer, layer => values(Objective.Position(Model.Network, layer)).to(ScalarType.Float32), StringComparer.Ordinal));

    /// <summary>The activations of a layer, float32.</summary>
    public Tensor Activations(int layer) => _recorded[layer].detach().to(ScalarType.Float32);

    /// <summary>The gradient of a target's scores with respect to a layer, float32.</summary>
    public Tensor LayerGradient(SaliencyTarget target, int layer) => _layerGradients[target][Array.IndexOf(_layers, layer)].to(ScalarType.Float32);

    /// <summary>What nodes give, as the network has it; computed anew where it was not recorded.</summary>
    public Tensor[] Values(int[] positions) => positions.All(_recorded.ContainsKey)
        ? Array.ConvertAll(positions, position => _recorded[position].detach())
        : Model.Interpreter().Run(Input, positions);

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
        var gradients = BackwardPass.Gradients([target.Score(_inputs).sum()], inputs, retainGraph: _isShared);
        return [.. gradients.Select(gradient => gradient.MoveToOuterDisposeScope())];
    }

    /// <summary>Nothing in front of the cut is recorded: no memory is kept for it, and the way back ends there.</summary>
    private Dictionary<int, Tensor> Record(int cut, bool isRecorded)
    {
        using var mode = enable_grad(isRecorded);
        var recorded = new Dictionary<int, Tensor>();
        int[] front = NetworkAnalysis.Cut(Model.Network, cut, Ends);
        var values = Front(front);
        for (var i = 0; i < front.Length; i++)
            recorded[front[i]] = values[i].requires_grad_(isRecorded);
        int[] wanted = [.. _layers.Union(Ends).Where(position => !recorded.ContainsKey(position))];
        var found = Interpreter().Run(recorded, wanted);
        for (var i = 0; i < wanted.Length; i++)
            recorded[wanted[i]] = found[i];
        return recorded;
    }

    private string[] Layers => _questions.Layers;

    private Tensor[] Front(int[] positions)
    {
        using var gradients = no_grad();
        return positions is [0] ? [Input.detach()] : Model.Interpreter().Run(Input, positions);
    }

    private Interpreter Interpreter()
    {
        var substitute = _rectifiers is null ? null : RuledRectifier.Substitute(_rectifiers);
        // A convolution that is folded has no gradient of its own, which a layer may be asked for.
        return (_layers.Length == 0 ? Model.Answering() : Model.Interpreter()).With(substitute);
    }
}
