namespace CnnViz.Data.Patterns;

/// <summary>Random numbers at the whole-numbered places of the plane, and smooth noise between them.</summary>
/// <param name="seed">Another seed gives others.</param>
internal readonly struct Lattice(uint seed)
{
    private const float FinestWave = 2;
    private const int MostOctaves = 7;

    /// <summary>32 uniform bits of a place.</summary>
    public uint Bits(int x, int y)
    {
        // The constants are those of Bob Jenkins' and Chris Wellons' integer hashes; all bits of the result depend on all of the place.
        var bits = ((uint)x * 0x8DA6B343) ^ ((uint)y * 0xD8163841) ^ seed;
        bits = (bits ^ (bits >> 16)) * 0x7FEB352D;
        bits = (bits ^ (bits >> 15)) * 0x846CA68B;
        return bits ^ (bits >> 16);
    }

    /// <summary>A uniform number of a place, in [0,1).</summary>
    public float At(int x, int y) => (Bits(x, y) >> 8) * (1f / (1 << 24));

    /// <summary>Smooth between the places' numbers, in [0,1].</summary>
    public float Noise(float x, float y)
    {
        float left = MathF.Floor(x), top = MathF.Floor(y);
        float tx = x - left, ty = y - top;
        int column = (int)left, row = (int)top;
        tx = tx * tx * (3 - (2 * tx));
        ty = ty * ty * (3 - (2 * ty));
        float a = At(column, row), b = At(column + 1, row), c = At(column, row + 1), d = At(column + 1, row + 1);
        var above = a + ((b - a) * tx);
        return above + ((c + ((d - c) * tx) - above) * ty);
    }

    /// <summary>Noise of ever finer waves, each half as strong as the one before (Brownian), down to what a pixel can show; in [0,1], mostly around a half.</summary>
    /// <param name="x">The place; the coarsest waves are 1 long.</param>
    /// <param name="y">The place.</param>
    /// <param name="pixel">How long a pixel is.</param>
    /// <param name="octaves">At most so many.</param>
    public float Cloud(float x, float y, float pixel, int octaves = MostOctaves)
    {
        float sum = 0, weight = 0.5f, wave = 1;
        for (var octave = 0; octave < octaves && (octave == 0 || wave > FinestWave * pixel); octave++)
        {
            sum += weight * (Noise(x, y) - 0.5f);
            // Turned by an angle whose tangent is 3/4, and shifted, so that the octaves' lattices never coincide.
            (x, y) = ((1.6f * x) + (1.2f * y) + 3.7f, (1.6f * y) - (1.2f * x) + 1.3f);
            weight *= 0.5f;
            wave *= 0.5f;
        }
        return 0.5f + sum;
    }
}
