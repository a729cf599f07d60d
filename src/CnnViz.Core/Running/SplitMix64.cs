namespace CnnViz.Running;

/// <summary>
/// A small random generator whose numbers are the same on every machine and in every version of .NET (System.Random promises neither).
/// The algorithm is SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014): a counter
/// that steps by the golden ratio, and a mixing function. A struct: a copy is a second generator at the same place.
/// </summary>
/// <param name="seed">Any value; equal seeds give equal sequences.</param>
public struct SplitMix64(ulong seed)
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>A generator of its own for each path, such as (split, item): sequences of different paths have nothing in common.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="path">Numbers that name the stream; their order counts.</param>
    public static SplitMix64 ForStream(long seed, params ReadOnlySpan<long> path)
    {
        var state = Mix((ulong)seed + GoldenRatio);
        foreach (var step in path)
            state = Mix(state + ((ulong)step * GoldenRatio) + GoldenRatio);
        return new SplitMix64(state);
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64() => Mix(_state += GoldenRatio);

    /// <summary>A uniform integer, without bias (Lemire's multiplication with rejection).</summary>
    /// <param name="count">The number of outcomes, at least 1.</param>
    /// <returns>0 to <paramref name="count"/> − 1.</returns>
    public int NextInt32(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var bound = (ulong)count;
        var high = Math.BigMul(NextUInt64(), bound, out var low);
        if (low < bound)
        {
            var threshold = (0 - bound) % bound;
            while (low < threshold)
                high = Math.BigMul(NextUInt64(), bound, out low);
        }
        return (int)high;
    }

    /// <summary>A uniform number in [0,1), a multiple of 2⁻²⁴.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>A uniform number between two bounds.</summary>
    public float NextSingle(float minimum, float maximum) => minimum + ((maximum - minimum) * NextSingle());

    /// <summary>
    /// Nearly normal, mean 0 and deviation 1, never beyond ±4.9: the sum of eight uniform numbers, because additions are exact to the bit
    /// on every machine and logarithms are not.
    /// </summary>
    public float NextBell()
    {
        var sum = 0L;
        for (var i = 0; i < 2; i++)
        {
            var bits = NextUInt64();
            sum += (long)(bits & 0xFFFF) + (long)((bits >> 16) & 0xFFFF) + (long)((bits >> 32) & 0xFFFF) + (long)(bits >> 48);
        }
        // Eight 16-bit numbers: mean 8·65535/2, variance 8·65536²/12.
        return (sum - 262140L) * (1.2247449f / 65536f);
    }

    /// <summary>Puts the items into a uniformly random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = NextInt32(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
