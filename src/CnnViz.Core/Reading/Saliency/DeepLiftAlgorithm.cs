using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// The difference of the score from the baseline's, divided among the inputs by the rescale rule: each nonlinear node passes back its difference of output over
/// its difference of input in place of a gradient. Every nonlinearity is a node of the graph, so a function that a network uses at several places, or
/// writes over its input, has its own difference at each.
/// </summary>
/// <remarks>
/// Activations follow the rule, and max-pooling does where <see cref="PoolingRule.Rescale"/> is asked for. Convolutions, dense layers, normalisations by fixed statistics, mean poolings, sums, joins and everything
/// that only moves values are linear, and their gradient is exact. Local response normalisation, the maximum among maps and radial basis functions pass on their gradient
/// at the picture, and so does an objective that is not linear (a norm, a probability): there the sum is not exact, and the delta says by how much.
/// </remarks>
internal sealed class DeepLiftAlgorithm() : SaliencyAlgorithm(SaliencyMethod.DeepLift, SaliencyKind.Attribution)
{
    /// <inheritdoc/>
    public override Attribution[] Compute(SaliencyPass pass)
    {
        using var scope = NewDisposeScope();
        pass.Cancellation.ThrowIfCancellationRequested();
        var baselines = Baselines.Of(pass);
        var interpreter = pass.Model.Answering();
        var nodes = interpreter.Network.Nodes;
        var needed = NetworkAnalysis.Needed(interpreter.Network, pass.Ends);
        int[] ruled = [.. Enumerable.Range(1, nodes.Count - 1).Where(i => needed[i] && IsRuled(nodes[i].Operation, pass.Options))];
        int[] wanted = [.. ruled.Select(i => nodes[i].Inputs[0]).Concat(ruled)];
        Tensor[] atBaseline;
        using (no_grad())
            atBaseline = interpreter.Run(baselines, wanted);
        var operations = ruled.Select((position, i) => (nodes[position].Name, Operation: Rescaled(nodes[position].Operation, atBaseline[i], atBaseline[ruled.Length + i])))
            .ToDictionary(pair => pair.Name, pair => pair.Operation, StringComparer.Ordinal);

        var input = pass.Input.detach().requires_grad_();
        var found = interpreter.With(node => operations.GetValueOrDefault(node.Name)).Run(input, pass.Ends);
        var answers = pass.Inputs(input, position => found[Array.IndexOf(pass.Ends, position)]);
        var way = pass.Input - baselines;
        var values = new Tensor[pass.Targets.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var score = pass.Targets[i].Score(answers).sum();
            values[i] = way * BackwardPass.Gradient(score, input, retainGraph: i + 1 < values.Length);
        }
        return Completeness.Attributions(pass, baselines, values);
    }

    private static bool IsRuled(Operation operation, SaliencyOptions options) =>
        operation is Activation || (operation is MaxPooling && options.PoolingRule == PoolingRule.Rescale);

    private static Operation Rescaled(Operation operation, Tensor input, Tensor output) => operation is MaxPooling pooling
        ? new RescaledPooling(pooling, input, output)
        : new RescaledActivation((Activation)operation, input, output);
}
