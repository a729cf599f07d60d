using System.Numerics;
using CnnViz.Running;

namespace CnnViz.Data.Patterns;

/// <summary>
/// What lies between a pattern and its picture: light that falls from one side, things that lie in front of it, contrast, brightness and grain. Places are
/// those of the picture, whose shorter side runs from −1 to 1.
/// </summary>
internal sealed class Film
{
    private const int MostThings = 3;

    private readonly Thing[] _things;
    private readonly Lattice _grain;
    private readonly Lattice _stain;
    private readonly float _lightX, _lightY, _contrast, _brightness, _strength, _stains;
    private readonly Vector3 _tint;

    /// <summary>A thing in front: a disc, or a bar where the length is above 0.</summary>
    private readonly record struct Thing(float X, float Y, float AlongX, float AlongY, float Length, float Radius, float Opacity, Vector3 Ink);

    /// <summary>Chooses all.</summary>
    /// <param name="random">All choices come from here.</param>
    /// <param name="isClean">True for light alone: nothing in front, no grain.</param>
    public Film(SplitMix64 random, bool isClean)
    {
        var direction = random.NextSingle();
        var light = random.NextSingle(0, isClean ? 0.16f : 0.3f);
        (_lightX, _lightY) = (light * Turns.Cosine(direction), light * Turns.Sine(direction));
        Softness = isClean || random.NextSingle() < 0.7f ? 1 : random.NextSingle(1, 2.2f);
        _contrast = isClean ? 1 : random.NextSingle(0.7f, 1.15f);
        _brightness = isClean ? 0 : random.NextSingle(-0.1f, 0.1f);
        _tint = isClean ? Vector3.One : new Vector3(random.NextSingle(0.92f, 1.08f), random.NextSingle(0.94f, 1.06f), random.NextSingle(0.9f, 1.1f));
        _strength = isClean || random.NextSingle() < 0.3f ? 0 : random.NextSingle(0.005f, 0.07f);
        _stains = random.NextSingle(0, 0.14f);
        _grain = new Lattice((uint)random.NextUInt64());
        _stain = new Lattice((uint)random.NextUInt64());
        _things = isClean || random.NextSingle() < 0.55f ? [] : new Thing[1 + random.NextInt32(MostThings)];
        for (var i = 0; i < _things.Length; i++)
            _things[i] = ChooseThing(ref random);
    }

    /// <summary>How many pixels an edge is wide, from 1.</summary>
    public float Softness { get; }

    /// <summary>The colour as the picture shows it, which may lie outside of [0,1].</summary>
    /// <param name="color">The pattern's.</param>
    /// <param name="x">The place, to the right.</param>
    /// <param name="y">The place, down.</param>
    /// <param name="pixel">How long a pixel is.</param>
    /// <param name="column">The pixel.</param>
    /// <param name="row">The pixel.</param>
    public Vector3 Expose(Vector3 color, float x, float y, float pixel, int column, int row)
    {
        var light = 1 + (_lightX * x) + (_lightY * y) + (_stains * (_stain.Noise(1.6f * x, 1.6f * y) - 0.5f));
        color *= light;
        foreach (ref readonly var thing in _things.AsSpan())
        {
            float dx = x - thing.X, dy = y - thing.Y;
            var along = Math.Clamp((dx * thing.AlongX) + (dy * thing.AlongY), -thing.Length, thing.Length);
            (dx, dy) = (dx - (along * thing.AlongX), dy - (along * thing.AlongY));
            var cover = Math.Clamp(0.5f + ((thing.Radius - MathF.Sqrt((dx * dx) + (dy * dy))) / pixel), 0, 1);
            color += (thing.Ink - color) * (cover * thing.Opacity);
        }
        color = ((color - new Vector3(0.5f)) * _contrast * _tint) + new Vector3(0.5f + _brightness);
        if (_strength == 0)
            return color;
        // One number of 32 bits gives three of ten, one a channel.
        var bits = _grain.Bits(column, row);
        var grain = new Vector3((int)(bits & 1023) - 512, (int)(bits >> 10 & 1023) - 512, (int)(bits >> 20 & 1023) - 512);
        return color + (grain * (_strength / 512));
    }

    private static Thing ChooseThing(ref SplitMix64 random)
    {
        var isBar = random.NextSingle() < 0.5f;
        var direction = random.NextSingle();
        var ink = Palette.Color(random.NextSingle(0.2f, 0.95f), random.NextSingle(0, 0.22f), random.NextSingle());
        return new Thing(
            random.NextSingle(-1, 1), random.NextSingle(-1, 1), Turns.Cosine(direction), Turns.Sine(direction),
            isBar ? random.NextSingle(0.3f, 2) : 0,
            isBar ? random.NextSingle(0.015f, 0.05f) : random.NextSingle(0.05f, 0.22f),
            random.NextSingle(0.5f, 1), ink);
    }
}
