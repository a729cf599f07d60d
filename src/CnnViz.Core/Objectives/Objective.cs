using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>
/// What is asked of a network, as data: a synthesis makes it as large as it can, and a saliency map says what in a picture drives it.
/// </summary>
public abstract record Objective
{
    /// <summary>The name under which the network's own output is asked for.</summary>
    public const string Output = "";

    /// <summary>The layers that it looks at, by their dotted names or <see cref="Output"/>; empty where the picture alone matters.</summary>
    public abstract IReadOnlyList<string> Layers { get; }

    /// <summary>What it is put together from: itself, unless it joins others.</summary>
    internal virtual IReadOnlyList<ObjectivePart> Parts => [new(this)];

    /// <summary>Its value for every picture of a batch, <c>[N]</c>.</summary>
    /// <param name="inputs">The pictures and what the layers make of them.</param>
    public abstract Tensor Value(ObjectiveInputs inputs);

    /// <summary>Weighs an objective; a negative weight makes it as small as can be.</summary>
    public static WeightedSum operator *(double weight, Objective objective) => new([(weight, objective)]);

    /// <summary>Both together.</summary>
    public static WeightedSum operator +(Objective one, Objective other) => new([.. Terms(one), .. Terms(other)]);

    private static IEnumerable<(double Weight, Objective Objective)> Terms(Objective objective) => objective is WeightedSum sum ? sum.Terms : [(1, objective)];
}
