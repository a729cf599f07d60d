using CnnViz.Networks;
using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>
/// What is asked of a network, as data: a synthesis makes it as large as it can, and a saliency map says what in a picture drives it. Its text, which
/// <see cref="object.ToString"/> gives, is what <see cref="Parse"/> understands.
/// </summary>
public abstract record Objective
{
    /// <summary>The name under which the network's own output is asked for.</summary>
    public const string Output = "";

    /// <summary>The layers that it looks at, by their dotted names or <see cref="Output"/>; empty where the picture alone matters.</summary>
    public abstract IReadOnlyList<string> Layers { get; }

    /// <summary>True where it looks at the pixels themselves, as a penalty of roughness does.</summary>
    public virtual bool SeesPicture => Layers.Count == 0;

    /// <summary>True where a picture's value depends on the others of its batch, or on its place among them.</summary>
    public virtual bool IsOfBatch => false;

    /// <summary>A few words for a caption.</summary>
    public virtual string Caption => ToString();

    /// <summary>What it is put together from: itself, unless it joins others.</summary>
    internal virtual IReadOnlyList<ObjectivePart> Parts => [new(this)];

    /// <summary>Its value for every picture of a batch, <c>[N]</c>.</summary>
    /// <param name="inputs">The pictures and what the layers make of them.</param>
    public abstract Tensor Value(ObjectiveInputs inputs);

    /// <summary>Throws where a model has nothing of what it asks for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputShape">The shape of the pictures, <c>[C, H, W]</c>; null where it is not known yet, and places in a map are not checked.</param>
    /// <exception cref="CnnVizException">
    /// <c>LayerNotFound</c>; <c>IndexOutOfRange</c>: a class, channel or place that is not there; <c>ModelWithoutClasses</c>; <c>ShapeMismatch</c>: a direction of
    /// another length than the layer has channels.
    /// </exception>
    public virtual void Check(CnnModel model, int[]? inputShape = null)
    {
        foreach (var layer in Layers)
            _ = Shape(model, layer, inputShape);
    }

    /// <summary>Understands what a user wrote, and checks it against a model.</summary>
    /// <param name="text">
    /// Terms joined by <c> + </c> or <c> - </c>, each with or without a weight in front: <c>class dragonfly + 0.5 * channel features.28 66 - 0.01 * tv</c>.
    /// <see cref="ObjectiveParser"/> has the words.
    /// </param>
    /// <param name="model">The model that it is asked of.</param>
    /// <param name="inputShape">The shape of the pictures, <c>[C, H, W]</c>; null where it is not known yet.</param>
    /// <param name="resolvePath">Gives the path of a file that the text names; null for paths as they stand.</param>
    /// <exception cref="CnnVizException"><c>ObjectiveInvalid</c>; <c>ClassUnknown</c>, <c>ClassAmbiguous</c>; as <see cref="Check"/> and <see cref="ImageSource.ReadTensor"/>.</exception>
    public static Objective Parse(string text, CnnModel model, int[]? inputShape = null, Func<string, string>? resolvePath = null)
    {
        var objective = ObjectiveParser.Parse(text, model, resolvePath ?? (path => path));
        objective.Check(model, inputShape);
        return objective;
    }

    /// <summary>Weighs an objective; a negative weight makes it as small as can be.</summary>
    public static WeightedSum operator *(double weight, Objective objective) => new([.. TermsOf(objective).Select(term => (weight * term.Weight, term.Objective))]);

    /// <summary>Both together.</summary>
    public static WeightedSum operator +(Objective one, Objective other) => new([.. TermsOf(one), .. TermsOf(other)]);

    /// <summary>What it is a sum of, itself where it is none; sums of sums are one.</summary>
    private protected static IEnumerable<(double Weight, Objective Objective)> TermsOf(Objective objective) => objective is WeightedSum sum
        ? sum.Terms.SelectMany(term => TermsOf(term.Objective).Select(inner => (term.Weight * inner.Weight, inner.Objective)))
        : [(1, objective)];

    /// <summary>The shape of a layer, batch left out; empty for a side branch that cannot take a picture of that size.</summary>
    private protected static int[] Shape(CnnModel model, string layer, int[]? inputShape) =>
        NetworkAnalysis.OutputShapes(model.Network, inputShape ?? model.InputShape)[Position(model.Network, layer)];

    /// <summary>Throws where a layer has no channel of that number.</summary>
    private protected static void CheckChannel(CnnModel model, string layer, int channel, int[]? inputShape)
    {
        if (Shape(model, layer, inputShape) is [var count, ..])
            CheckIndex($"'{layer}': channel", channel, count);
    }

    private protected static void CheckIndex(string what, int index, int count)
    {
        if (index < 0 || index >= count)
            throw Errors.IndexOutOfRange(what, index, count);
    }

    /// <summary>Where in a network a layer is that an objective names.</summary>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>.</exception>
    internal static int Position(Network network, string layer) => layer == Output ? network.Nodes.Count - 1 : network.Position(layer);
}
