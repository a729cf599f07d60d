namespace CnnViz.Reading.Saliency;

/// <summary>
/// Gauss-Legendre quadrature on [0,1]: n places and weights that integrate every polynomial of degree 2n − 1 exactly. The places are the roots of the Legendre
/// polynomial, found by Newton's method from Chebyshev's (Press et al., Numerical Recipes, 4.6).
/// </summary>
/// <param name="Places">In ascending order, each in (0,1).</param>
/// <param name="Weights">They sum to 1.</param>
internal sealed record GaussLegendre(double[] Places, double[] Weights)
{
    /// <summary>The start is so near that each iteration doubles the digits.</summary>
    private const int Iterations = 5;

    /// <summary>The places and weights.</summary>
    /// <param name="count">How many, at least 1.</param>
    public static GaussLegendre Of(int count)
    {
        var (places, weights) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var x = -Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            var slope = 0.0;
            for (var iteration = 0; iteration < Iterations; iteration++)
            {
                var (value, before) = (x, 1.0);
                for (var degree = 2; degree <= count; degree++)
                    (value, before) = (((2 * degree - 1) * x * value - (degree - 1) * before) / degree, value);
                slope = count * (x * value - before) / (x * x - 1);
                x -= value / slope;
            }
            places[i] = (1 + x) / 2;
            weights[i] = 1 / ((1 - x * x) * slope * slope);
        }
        return new GaussLegendre(places, weights);
    }
}
