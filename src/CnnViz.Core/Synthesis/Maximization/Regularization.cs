using System.Globalization;
using CnnViz.Objectives;

namespace CnnViz.Synthesis.Maximization;

/// <summary>
/// What keeps a picture plain: a penalty on it, a filter of its gradient, or something done to it after each step. Written as a word with numbers;
/// <see cref="Words"/> lists them.
/// </summary>
internal sealed record Regularization
{
    private const string Every = "every";

    /// <summary>What can be written.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "l2 <weight>", "l<p> <weight>", "linf <weight>", "tv <weight>", "decay <rate>", "blur <sigma> every <steps>",
        "gradientblur <sigma>", "laplacian <levels>", "unitnorm mean|deviation|rootmeansquare|l2", "none",
    ];

    /// <summary>What is added to the objective; null for nothing.</summary>
    public Objective? Penalty { get; private init; }

    /// <summary>What happens to the gradient; null for nothing.</summary>
    public GradientFilter? Filter { get; private init; }

    /// <summary>What happens to the picture after each step; null for nothing.</summary>
    public Constraint? Constraint { get; private init; }

    /// <summary>Whether it makes sense for pixels alone, and not for a spectrum.</summary>
    public bool NeedsPixels => Constraint is not null || Filter is LaplacianPyramid or GaussianBlur;

    /// <summary>Understands a word with its numbers.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>.</exception>
    public static Regularization Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Read([.. parts.Select(part => part.ToLowerInvariant())])
            ?? throw Errors.ArgumentInvalid(nameof(Regularization), text, $"words with numbers: {string.Join(", ", Words)}");
    }

    private static Regularization? Read(string[] parts) => parts switch
    {
        ["none"] => new(),
        ["tv", var weight] when Positive(weight) is { } value => new() { Penalty = -value * new TotalVariation() },
        ["linf", var weight] when Positive(weight) is { } value => new() { Penalty = -value * new ImageNorm(double.PositiveInfinity) },
        ["decay", var rate] when Positive(rate) is { } value and < 1 => new() { Constraint = new Decay(value) },
        ["blur", var sigma, Every, var steps] when Positive(sigma) is { } value && Count(steps) is { } interval => new() { Constraint = new PeriodicBlur(interval, value) },
        ["gradientblur", var sigma] when Positive(sigma) is { } value => new() { Filter = new GaussianBlur(value) },
        ["laplacian", var levels] when Count(levels) is { } count => new() { Filter = new LaplacianPyramid(count) },
        ["unitnorm", var norm] when Enum.TryParse<GradientNorm>(norm, ignoreCase: true, out var kind) && Enum.IsDefined(kind) => new() { Filter = new UnitNorm(kind) },
        [['l', .. var power], var weight] when Positive(power) is { } p and >= 1 && Positive(weight) is { } value => new() { Penalty = -value * new ImageNorm(p) },
        _ => null,
    };

    private static double? Positive(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value) ? value : null;

    private static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;
}
