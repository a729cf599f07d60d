using System.Globalization;
using CnnViz.Networks;
using CnnViz.Synthesis;
using static TorchSharp.torch;

namespace CnnViz.Training;

/// <summary>Small random changes of pictures, drawn anew for every picture and epoch.</summary>
/// <param name="Rotation">The largest rotation to either side, in degrees.</param>
/// <param name="Scale">The largest change of size, as a part: 0.1 for 90 % to 110 %, in each direction by itself.</param>
/// <param name="Shift">The largest shift in each direction: in pixels from 1 on, below 1 as a part of the picture's side.</param>
public sealed record Augmentation(double Rotation = 10, double Scale = 0.1, double Shift = 2)
{
    private const double FullTurn = 180;

    /// <summary>Mirrors every second picture, left to right.</summary>
    public bool Flip { get; init; }

    /// <summary>The largest change of brightness, as a part: 0.2 for 80 % to 120 %.</summary>
    public double Brightness { get; init; }

    /// <summary>The deviation of noise that is added, in the pixels' [0,1].</summary>
    public double Noise { get; init; }

    /// <summary>The deviation of the bell that pictures are blurred with, in pixels.</summary>
    public double Blur { get; init; }

    private static readonly (string Name, double Usual, double Most)[] Words =
        [("shift", 0.1, 1000), ("flip", 1, 1), ("rotate", 10, FullTurn), ("scale", 0.1, 0.9), ("brightness", 0.2, 1), ("noise", 0.02, 1), ("blur", 1, 100)];

    /// <summary>The words that <see cref="Parse"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(Words, word => word.Name);

    /// <summary>Reads what users write: <c>shift</c>, <c>flip</c>, <c>rotate</c>, <c>scale</c>, <c>brightness</c>, <c>noise</c>, <c>blur</c>, each with how much (<c>rotate 15</c>, <c>rotate=15</c>) or with the usual.</summary>
    /// <param name="changes">The words; none of them gives null.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: an unknown word, or a number out of range.</exception>
    public static Augmentation? Parse(IReadOnlyList<string> changes)
    {
        if (changes.Count == 0)
            return null;
        var found = new Augmentation(0, 0, 0);
        foreach (var change in changes)
        {
            var parts = change.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
            var word = Array.Find(Words, known => parts.Length is 1 or 2 && known.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
            if (word.Name is null)
                throw Errors.ArgumentInvalid(nameof(Augmentation), change, $"{string.Join(", ", Names)}, each with a number or without, as 'rotate 15'; nearest: {NearestNames.Of(change, Names, 1)[0]}");
            var amount = word.Usual;
            if (parts.Length == 2 && (!double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out amount) || !(amount >= 0 && amount <= word.Most)))
                throw Errors.ArgumentInvalid(nameof(Augmentation), change, string.Create(CultureInfo.InvariantCulture, $"'{word.Name}' with a number from 0 to {word.Most}"));
            found = word.Name switch
            {
                "shift" => found with { Shift = amount },
                "flip" => found with { Flip = amount > 0 },
                "rotate" => found with { Rotation = amount },
                "scale" => found with { Scale = amount },
                "noise" => found with { Noise = amount },
                "blur" => found with { Blur = amount },
                _ => found with { Brightness = amount },
            };
        }
        return found;
    }

    /// <summary>Varies a batch; what comes in from outside is black.</summary>
    /// <param name="pixels">The batch in [0,1], <c>[N, C, H, W]</c>, on the processor.</param>
    /// <param name="generator">The source of random numbers.</param>
    public Tensor Apply(Tensor pixels, Generator generator)
    {
        using var scope = NewDisposeScope();
        var shape = pixels.shape;
        var random = rand([5, shape[0]], device: pixels.device, generator: generator) * 2.0 - 1.0;
        var angle = random.select(0, 0) * (Rotation * Math.PI / FullTurn);
        var sizeX = random.select(0, 1) * Scale + 1.0;
        var sizeY = random.select(0, 2) * Scale + 1.0;
        if (Flip)
            sizeX = sizeX * (rand([shape[0]], device: pixels.device, generator: generator).ge_(0.5) * 2.0 - 1.0);
        // The grid's coordinates run from -1 to 1 across the picture.
        var shiftX = random.select(0, 3) * Across(shape[3]);
        var shiftY = random.select(0, 4) * Across(shape[2]);
        var (sine, cosine) = (angle.sin(), angle.cos());
        var rows = stack([cosine * sizeX, -sine * sizeY, shiftX, sine * sizeX, cosine * sizeY, shiftY], 1).reshape(shape[0], 2, 3);
        var grid = nn.functional.affine_grid(rows, shape, align_corners: false);
        var varied = nn.functional.grid_sample(pixels, grid, align_corners: false);
        if (Brightness > 0)
            varied = (varied * ((rand([shape[0], 1, 1, 1], device: pixels.device, generator: generator) * 2.0 - 1.0) * Brightness + 1.0)).clamp_(0, 1);
        if (Blur > 0)
            varied = new GaussianBlur(Blur).Apply(varied);
        if (Noise > 0)
            varied = (varied + randn(varied.shape, device: pixels.device, generator: generator) * Noise).clamp(0, 1);
        return varied.MoveToOuterDisposeScope();
    }

    /// <summary>The largest shift in the grid's coordinates.</summary>
    private double Across(long side) => Shift < 1 ? 2 * Shift : 2 * Shift / side;
}
