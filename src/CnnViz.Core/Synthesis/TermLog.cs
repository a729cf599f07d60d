using CnnViz.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>
/// Listens to the terms of an objective while it is computed, so that a history can tell them apart: content, style, smoothness. An objective that is listened
/// to has the value that it has.
/// </summary>
public sealed class TermLog
{
    private readonly Dictionary<Objective, (string Term, double Value)> _values = new(ReferenceEqualityComparer.Instance);

    /// <summary>Each term as the last computation found it: the sum of all that was listened to under its name.</summary>
    public IReadOnlyDictionary<string, double> Latest => _values.Values
        .GroupBy(value => value.Term, StringComparer.Ordinal)
        .ToDictionary(term => term.Key, term => term.Sum(value => value.Value), StringComparer.Ordinal);

    /// <summary>The objective, listened to.</summary>
    /// <param name="term">The name of its term.</param>
    /// <param name="weight">What it counts for in the term.</param>
    /// <param name="objective">What is listened to; its value is that of one picture.</param>
    public Objective Listen(string term, double weight, Objective objective)
    {
        var log = new Action<Tensor>(value => _values[objective] = (term, weight * value.detach().ToDouble()));
        return objective is SummedObjective sum ? new HeardSum(sum, log) : new Heard(objective, log);
    }

    /// <summary>Forgets what it heard: other objectives come.</summary>
    internal void Clear() => _values.Clear();

    private static Tensor Hear(Tensor value, Action<Tensor> log)
    {
        log(value);
        return value;
    }

    private sealed record Heard(Objective Objective, Action<Tensor> Log) : Objective
    {
        public override IReadOnlyList<string> Layers => Objective.Layers;

        public override Tensor Value(ObjectiveInputs inputs) => Hear(Objective.Value(inputs), Log);

        public override string ToString() => Objective.ToString();
    }

    private sealed record HeardSum(SummedObjective Objective, Action<Tensor> Log) : SummedObjective(Objective.Layer)
    {
        public override Tensor Sum(Tensor maps, long firstRow) => Objective.Sum(maps, firstRow);

        public override Tensor Value(Tensor sum, long positions) => Hear(Objective.Value(sum, positions), Log);

        public override string ToString() => Objective.ToString();
    }
}
