using CnnViz.Networks;
using CnnViz.Networks.Operations;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// The original class activation map: where a network averages its last maps and one layer weighs the means, the same weights on the maps themselves say
/// where the class is seen. It needs neither a gradient nor a choice of layer.
/// </summary>
internal sealed class CamAlgorithm() : LayerMapAlgorithm(SaliencyMethod.Cam)
{
    /// <inheritdoc/>
    public override string? Obstacle(CnnModel model) => Find(model.Network) is not null
        ? null
        : "it does not end in global average pooling and one dense layer, or in a 1×1 convolution and global average pooling; GradCam gives the same for those, and works for this one too";

    /// <inheritdoc/>
    public override bool NeedsClass => true;

    /// <inheritdoc/>
    public override LayerChoice OwnLayer(CnnModel model)
    {
        var (maps, weights) = Find(model.Network)!.Value;
        return new LayerChoice([maps], $"the maps that the network averages and '{model.Network.Nodes[weights].Name}' weighs: the definition leaves no choice");
    }

    /// <inheritdoc/>
    protected override Tensor[] Maps(SaliencyPass pass, int layer)
    {
        using var scope = NewDisposeScope();
        var maps = pass.Activations(layer);
        var owner = pass.Model.Network.Nodes[Find(pass.Model.Network)!.Value.Weights].Name;
        var weights = pass.Model.Weights[$"{owner}.weight"].to(ScalarType.Float32).view(-1, maps.shape[1], 1, 1);
        return [.. pass.Targets.Select(target =>
        {
            long[] classes = [.. Enumerable.Range(0, pass.Images.Count).Select(i => (long)target.ClassOf(i)!)];
            return Weighted(maps, weights.index_select(0, tensor(classes, [classes.Length], device: maps.device))).MoveToOuterDisposeScope();
        })];
    }

    /// <summary>The last maps, and the layer that weighs them behind or in front of the average; null where the network is not built so.</summary>
    private static (int Maps, int Weights)? Find(Network network)
    {
        var nodes = network.Nodes;
        var end = Before(nodes.Count - 1);
        if (nodes[end].Operation is Dense && Before(nodes[end].Inputs[0]) is var average && IsGlobalAverage(average))
            return (Before(nodes[average].Inputs[0]), end);
        if (!IsGlobalAverage(end))
            return null;
        var scores = Before(nodes[end].Inputs[0]);
        if (nodes[scores].Operation is Activation)
            scores = Before(nodes[scores].Inputs[0]);
        return nodes[scores].Operation is Convolution { Groups: 1, Connections: null } convolution && convolution.KernelSize == 1 && convolution.OutputChannels == network.ClassCount
            ? (Before(nodes[scores].Inputs[0]), scores)
            : null;

        // What only passes values on is skipped.
        int Before(int position)
        {
            while (nodes[position].Operation is Flatten or Dropout)
                position = nodes[position].Inputs[0];
            return position;
        }

        bool IsGlobalAverage(int position) => nodes[position].Operation is AdaptiveAveragePooling { OutputSize: 1 };
    }
}
