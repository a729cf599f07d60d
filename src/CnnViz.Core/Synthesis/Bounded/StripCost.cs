using CnnViz.Networks;
using CnnViz.Networks.Operations;

namespace CnnViz.Synthesis.Bounded;

/// <summary>What it takes to compute a strip forward, recorded, and back.</summary>
/// <param name="PeakBytes">The most memory that it holds at a time, apart from what it is given and what it adds its gradient to.</param>
/// <param name="Work">Multiply-adds, and what goes over the values besides in their terms.</param>
internal readonly record struct StripCost(long PeakBytes, double Work)
{
    /// <summary>What an operation costs a value, in multiply-adds.</summary>
    public const double WorkPerValue = 20;

    // Gradients that come and go, and the copies in the layouts that the convolutions of the library want.
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
        // Where the library has no convolution of these numbers it lays the windows out as a matrix.
        if (operation is Convolution convolution && outline.ValueBytes < sizeof(float))
            passing += output / convolution.OutputChannels * convolution.InputChannels * convolution.KernelSize.Product;
        return passing;
    }
}
