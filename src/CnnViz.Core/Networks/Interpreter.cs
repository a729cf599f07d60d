using static TorchSharp.torch;

namespace CnnViz.Networks;

/// <summary>
/// Runs a network from given activations to wanted ones and nothing beyond: the nodes that are needed are found backwards from what is wanted,
/// stopping at what is given. So a pass stops at the deepest layer asked for, and the part behind a layer can run by itself.
/// </summary>
/// <param name="network">What is run.</param>
/// <param name="weights">Its parameters and buffers by their full names.</param>
public sealed class Interpreter(Network network, IReadOnlyDictionary<string, Tensor> weights)
{
    /// <summary>What is run.</summary>
    public Network Network => network;

    /// <summary>True to train: dropout drops and batch normalisation uses the batch.</summary>
    public bool IsTraining { get; init; }

    /// <summary>The source of dropout masks; needed while training.</summary>
    public Generator? Generator { get; init; }

    /// <summary>Gives another operation for a node (average for max pooling, a guided ReLU), or null to keep its own.</summary>
    public Func<Node, Operation?>? Substitute { get; init; }

    /// <summary>The same network and weights with other operations in places.</summary>
    /// <param name="substitute">Gives another operation for a node, or null to keep its own; null for none at all.</param>
    public Interpreter With(Func<Node, Operation?>? substitute) => new(network, weights) { Substitute = substitute };

    /// <summary>The same weights under a network that is rearranged.</summary>
    /// <param name="rearranged">The network; its parameters are found by the names of its nodes.</param>
    public Interpreter With(Network rearranged) => new(rearranged, weights) { Substitute = Substitute };

    /// <summary>The network's logits for a batch.</summary>
    /// <param name="images">The batch as the network takes it, <c>[N, C, H, W]</c>.</param>
    public Tensor Run(Tensor images) => Run(images, network.Nodes.Count - 1)[0];

    /// <summary>The outputs of some nodes for a batch.</summary>
    /// <param name="images">The batch as the network takes it, <c>[N, C, H, W]</c>.</param>
    /// <param name="wanted">The positions of the nodes.</param>
    public Tensor[] Run(Tensor images, params ReadOnlySpan<int> wanted) => Run(new Dictionary<int, Tensor> { [0] = images }, wanted);

    /// <summary>The outputs of some nodes, computed from the outputs of others.</summary>
    /// <param name="given">Outputs by the positions of their nodes, batch first; they are not disposed.</param>
    /// <param name="wanted">The positions of the nodes; a node that is given answers with an alias of what was given.</param>
    /// <exception cref="InvalidOperationException">What is wanted depends on an input that is not given.</exception>
    public Tensor[] Run(IReadOnlyDictionary<int, Tensor> given, params ReadOnlySpan<int> wanted)
    {
        using var scope = NewDisposeScope();
        var values = Compute(given, wanted, null);
        var results = new Tensor[wanted.Length];
        for (var i = 0; i < results.Length; i++)
            results[i] = (given.ContainsKey(wanted[i]) ? values[wanted[i]]!.alias() : values[wanted[i]]!).MoveToOuterDisposeScope();
        return results;
    }

    /// <summary>Shows the outputs of nodes as soon as they are computed, and keeps none.</summary>
    /// <param name="images">The batch as the network takes it, <c>[N, C, H, W]</c>.</param>
    /// <param name="wanted">The positions of the nodes up to which it runs.</param>
    /// <param name="see">Is shown each node on the way with its output, within a scope that frees what is not moved out of it.</param>
    internal void Run(Tensor images, ReadOnlySpan<int> wanted, Action<int, Tensor> see)
    {
        using var scope = NewDisposeScope();
        Compute(new Dictionary<int, Tensor> { [0] = images }, wanted, see);
    }

    private Tensor?[] Compute(IReadOnlyDictionary<int, Tensor> given, ReadOnlySpan<int> wanted, Action<int, Tensor>? see)
    {
        var lastUse = LastUses(given.ContainsKey, wanted);
        var values = new Tensor?[network.Nodes.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (lastUse[i] < 0)
                continue;
            if (given.TryGetValue(i, out var known))
            {
                values[i] = known;
                see?.Invoke(i, known);
                continue;
            }
            var node = network.Nodes[i];
            if (node.Inputs.Count == 0)
                throw new InvalidOperationException($"Node '{node.Name}' is needed and not given.");
            var made = Apply(node, [.. node.Inputs.Select(input => values[input]!)]);
            values[i] = made;
            see?.Invoke(i, made);
            foreach (var input in node.Inputs)
            {
                // What nothing needs any more is freed at once, which keeps the peak low; a recorded graph keeps its own references.
                if (lastUse[input] == i && !given.ContainsKey(input))
                {
                    values[input]?.Dispose();
                    values[input] = null;
                }
            }
        }
        return values;
    }

    /// <summary>What a node computes here.</summary>
    internal Operation OperationOf(Node node) => Substitute?.Invoke(node) ?? node.Operation;

    /// <summary>The output of one node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">Its inputs, batch first.</param>
    internal Tensor Apply(Node node, Tensor[] inputs)
    {
        // A scope of its own frees what the operation made on the way.
        using var scope = NewDisposeScope();
        return OperationOf(node).Apply(new OperationCall(node.Name, weights, inputs, IsTraining, Generator)).MoveToOuterDisposeScope();
    }

    /// <summary>For each node the last node that needs its output; -1 where nobody does, the number of nodes where it is wanted.</summary>
    /// <param name="isGiven">Whether a node's output is known.</param>
    /// <param name="wanted">The positions of the nodes that are wanted.</param>
    internal int[] LastUses(Func<int, bool> isGiven, ReadOnlySpan<int> wanted)
    {
        var lastUse = new int[network.Nodes.Count];
        Array.Fill(lastUse, -1);
        foreach (var position in wanted)
            lastUse[position] = lastUse.Length;
        for (var i = lastUse.Length - 1; i >= 0; i--)
        {
            if (lastUse[i] < 0 || isGiven(i))
                continue;
            foreach (var input in network.Nodes[i].Inputs)
                lastUse[input] = Math.Max(lastUse[input], i);
        }
        return lastUse;
    }
}
