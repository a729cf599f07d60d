using CnnViz.Networks;
using CnnViz.Networks.Operations;

namespace CnnViz.Parameters;

/// <summary>Completes the convolutions of the model that the command line speaks of.</summary>
public sealed class ConvolutionCompleter : LayerCompleter
{
    /// <inheritdoc/>
    protected override bool IsOffered(Node node) => node.Operation is Convolution;
}
