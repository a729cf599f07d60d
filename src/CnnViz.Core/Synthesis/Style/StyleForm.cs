using CnnViz.Networks;
using static TorchSharp.torch;

namespace CnnViz.Synthesis.Style;

/// <summary>The forms of the losses and the usual settings of a preset.</summary>
internal abstract record StyleForm
{
    /// <summary>The form of a preset.</summary>
    public static StyleForm Of(StylePreset preset) => preset switch
    {
        StylePreset.Thesis000 => new Thesis(),
        StylePreset.Gatys => new Paper(),
        StylePreset.NeuralStyle => new NeuralStyle(),
        _ => new Standard(),
    };

    /// <summary>The weight of the content.</summary>
    public virtual double ContentWeight => 1;

    /// <summary>The weight of the style.</summary>
    public abstract double StyleWeight { get; }

    /// <summary>The weight of the picture's roughness.</summary>
    public virtual double TotalVariationWeight => 0;

    /// <summary>Whether the weights of layers are shares of one.</summary>
    public virtual bool SharesLayers => false;

    /// <summary>What the network's poolings take.</summary>
    public virtual PoolingKind Pooling => PoolingKind.Own;

    /// <summary>What it starts from.</summary>
    public virtual StyleStart Start => StyleStart.Content;

    /// <summary>Steps at each size.</summary>
    public virtual int Steps => 200;

    /// <summary>What the sum of the squares of the differences of maps is multiplied by.</summary>
    /// <param name="target">The wanted maps, <c>[1, C, H, W]</c>.</param>
    public abstract double ContentScale(Tensor target);

    /// <summary>What the sum of the squares of the differences of mean Gram matrices is multiplied by.</summary>
    /// <param name="target">The wanted matrix, <c>[1, C, C]</c>.</param>
    public abstract double StyleScale(Tensor target);

    /// <summary>What the sum of the differences of neighbours is multiplied by.</summary>
    /// <param name="values">The values of the picture.</param>
    public virtual double VariationScale(long values) => 1;

    private static double SumOfSquares(Tensor target)
    {
        using var scope = NewDisposeScope();
        return Math.Max(TensorTransfer.ToArray(target.square().sum())[0], float.Epsilon);
    }

    /// <summary>Parts of what is wanted.</summary>
    private sealed record Standard : StyleForm
    {
        public override double StyleWeight => 30;

        public override double TotalVariationWeight => 4;

        public override bool SharesLayers => true;

        public override PoolingKind Pooling => PoolingKind.Average;

        public override double ContentScale(Tensor target) => 1 / SumOfSquares(target);

        public override double StyleScale(Tensor target) => 1 / SumOfSquares(target);

        public override double VariationScale(long values) => 1.0 / values;
    }

    /// <summary>Source 000, chapter 4.2.</summary>
    private sealed record Thesis : StyleForm
    {
        public override double StyleWeight => 1000;

        public override double ContentScale(Tensor target) => 1.0 / (4 * target.NumberOfElements);

        public override double StyleScale(Tensor target) => 1.0 / (4 * target.NumberOfElements);
    }

    /// <summary>Gatys, Ecker and Bethge 2015, with α / β = 10⁻³.</summary>
    private sealed record Paper : StyleForm
    {
        public override double StyleWeight => 1000;

        public override bool SharesLayers => true;

        public override PoolingKind Pooling => PoolingKind.Average;

        public override StyleStart Start => StyleStart.Noise;

        public override int Steps => 500;

        public override double ContentScale(Tensor target) => 0.5;

        public override double StyleScale(Tensor target) => 1.0 / (4 * target.NumberOfElements);
    }

    /// <summary>Johnson 2015; roughness is that of levels of 0 to 255.</summary>
    private sealed record NeuralStyle : StyleForm
    {
        public override double ContentWeight => 5;

        public override double StyleWeight => 100;

        public override double TotalVariationWeight => 1e-3;

        public override StyleStart Start => StyleStart.Noise;

        public override int Steps => 1000;

        public override double ContentScale(Tensor target) => 1.0 / target.NumberOfElements;

        public override double StyleScale(Tensor target) => 1 / Math.Pow(target.NumberOfElements, 2);

        public override double VariationScale(long values) => byte.MaxValue;
    }
}
