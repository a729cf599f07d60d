using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CnnViz.Networks;

/// <summary>How a parameter starts.</summary>
public abstract record Initializer
{
    /// <summary>All values 0.</summary>
    public static Initializer Zeros { get; } = new Constant(0);

    /// <summary>All values 1.</summary>
    public static Initializer Ones { get; } = new Constant(1);

    /// <summary>PyTorch's default for convolutions and dense layers: uniform within ±1/√fanIn.</summary>
    public static Initializer FanIn(int fanIn) => new Uniform(1 / Math.Sqrt(fanIn));

    /// <summary>How a bias starts beside weights that start so.</summary>
    public virtual Initializer OfBias => Zeros;

    /// <summary>Fills the tensor in place.</summary>
    /// <param name="parameter">The tensor to fill, on the processor.</param>
    /// <param name="generator">The source of random numbers.</param>
    public abstract void Fill(Tensor parameter, Generator generator);

    /// <summary>One value everywhere.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Constant(double Value) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Tensor parameter, Generator generator) => parameter.fill_(Value);
    }

    /// <summary>Uniform within ±<paramref name="Bound"/>.</summary>
    /// <param name="Bound">The largest magnitude.</param>
    public sealed record Uniform(double Bound) : Initializer
    {
        /// <inheritdoc/>
        public override Initializer OfBias => this;

        /// <inheritdoc/>
        public override void Fill(Tensor parameter, Generator generator) => parameter.uniform_(-Bound, Bound, generator);
    }

    /// <summary>Normally distributed around 0.</summary>
    /// <param name="Deviation">The standard deviation.</param>
    public sealed record Normal(double Deviation) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Tensor parameter, Generator generator) => parameter.normal_(0, Deviation, generator);
    }

    /// <summary>Normal with deviation √(2/fan), which keeps the variance through rectifiers (He, Zhang, Ren and Sun 2015).</summary>
    /// <param name="IsFanOut">True for the fan of the outputs, which keeps the gradients' variance; false for that of the inputs.</param>
    public sealed record HeNormal(bool IsFanOut = false) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Tensor parameter, Generator generator)
        {
            // The weights are [outputs, inputs, …].
            var fan = parameter.NumberOfElements / parameter.shape[IsFanOut ? 1 : 0];
            parameter.normal_(0, Math.Sqrt(2.0 / fan), generator);
        }
    }

    /// <summary>Uniform within ±√(6/(inputs + outputs)), Keras' default (Glorot and Bengio 2010).</summary>
    public sealed record GlorotUniform : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Tensor parameter, Generator generator)
        {
            // The weights are [outputs, inputs, …].
            var fans = parameter.NumberOfElements / parameter.shape[0] + parameter.NumberOfElements / parameter.shape[1];
            var bound = Math.Sqrt(6.0 / fans);
            parameter.uniform_(-bound, bound, generator);
        }
    }

    /// <summary>Given values: a fixed filter, a connection table.</summary>
    /// <param name="Data">The values in row-major order.</param>
    public sealed record Values(float[] Data) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Tensor parameter, Generator generator) => MemoryMarshal.AsBytes(Data.AsSpan()).CopyTo(parameter.bytes);
    }
}
