using CnnViz.Networks.Operations;

namespace CnnViz.Networks;

/// <summary>What a network's poolings take of their windows.</summary>
public enum PoolingKind
{
    /// <summary>What the network was trained with.</summary>
    Own,

    /// <summary>The maximum.</summary>
    Max,

    /// <summary>The mean, through which gradients flow to every pixel (Gatys et al. 2015).</summary>
    Average,
}

/// <summary>Puts other poolings in place of a network's own.</summary>
internal static class PoolingKinds
{
    /// <summary>The network with its poolings of one kind; itself where it is to keep its own.</summary>
    public static Network With(this Network network, PoolingKind kind) => kind == PoolingKind.Own
        ? network
        : new Network(network.Architecture, network.InputShape, [.. network.Nodes.Select(node => node with { Operation = Change(node.Operation, kind) })]);

    private static Operation Change(Operation operation, PoolingKind kind) => (kind, operation) switch
    {
        (PoolingKind.Average, MaxPooling pooling) => new AveragePooling(pooling.Size, pooling.Stride, pooling.Padding) { CeilMode = pooling.CeilMode },
        (PoolingKind.Max, AveragePooling pooling) => new MaxPooling(pooling.Size, pooling.Stride, pooling.Padding) { CeilMode = pooling.CeilMode },
        _ => operation,
    };
}
