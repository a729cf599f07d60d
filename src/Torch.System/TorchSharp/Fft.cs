using TorchSharp.Native;

namespace TorchSharp;

/// <summary>What a Fourier transform is scaled by.</summary>
public enum FFTNormType
{
    /// <summary>The inverse by the number of values.</summary>
    Backward = 0,

    /// <summary>The transform by the number of values.</summary>
    Forward = 1,

    /// <summary>Both by its root.</summary>
    Ortho = 2,
}

public static partial class torch
{
    /// <summary>Fourier transforms.</summary>
    public static class fft
    {
        /// <summary>The real picture of half a spectrum.</summary>
        /// <param name="input">The spectrum, complex.</param>
        /// <param name="s">The extents of the result.</param>
        /// <param name="dim">The dimensions; the last two where null.</param>
        /// <param name="norm">The scaling.</param>
        public static Tensor irfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.InverseRealFft2.Call(input, s, dim ?? [-2, -1], norm.ToString().ToLowerInvariant());
    }
}
