using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Runtime;

namespace CnnViz.Synthesis.Bounded;

/// <summary>What it takes to compute a strip forward, recorded, and back.</summary>
/// <param name="PeakBytes">The most memory that it holds at a time, apart from what it is given and what it adds its gradient to.</param>
/// <param name="Work">Multiply-adds, and what goes over the values besides in their terms.</param>
internal readonly record struct StripCost(long PeakBytes, double Work)
{
    /// <summary>What an operation costs a value, in multiply-adds.</summary>
    public const double WorkPerValue = 20;

    // Gradients that come and go, and the copies in the layouts that oneDNN's convolutions want.
    private const int Copies = 2;

    /// <summary>What is there only while an operation is computed, or its gradient.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="outline">The pass.</param>
    /// <param name="node">The operation's node.</param>
    /// <param name="input">The bytes that it reads.</param>
    /// <param name="output">The bytes that it makes.</param>
    public static long Passing(Operation operation, PassOutline outline, int node, long input, long output)
    {
        var passing = Copies * (input + output);
        // Without oneDNN, and for other numbers than float32, libtorch lays the windows out as a matrix.
        if (operation is Convolution convolution && (outline.ValueBytes < sizeof(float) || !TorchSetup.OneDnn.IsEnabled))
            passing += output / convolution.OutputChannels * convolution.InputChannels * convolution.KernelSize.Product;
        return passing;
    }
}
