namespace CnnViz.Networks;

/// <summary>What a value of a map sees of the input, in input pixels.</summary>
/// <param name="Height">The height of the rectangle that it sees.</param>
/// <param name="Width">The width of that rectangle.</param>
/// <param name="VerticalStep">From one value to the one below; less than 1 where a map is finer than the input.</param>
/// <param name="HorizontalStep">From one value to the one on its right.</param>
public readonly record struct ReceptiveField(double Height, double Width, double VerticalStep, double HorizontalStep)
{
    /// <summary>That of the input itself.</summary>
    public static ReceptiveField Pixel { get; } = new(1, 1, 1, 1);

    /// <summary>That of what slides a window over these values: r + (k − 1)·j, j·s.</summary>
    public ReceptiveField Through(Window window) => new(
        Height + (window.Size.Vertical - 1) * VerticalStep, Width + (window.Size.Horizontal - 1) * HorizontalStep,
        VerticalStep * window.Stride.Vertical, HorizontalStep * window.Stride.Horizontal);

    /// <summary>That of what joins these values and others: the larger.</summary>
    public ReceptiveField With(ReceptiveField other) => new(
        Math.Max(Height, other.Height), Math.Max(Width, other.Width),
        Math.Max(VerticalStep, other.VerticalStep), Math.Max(HorizontalStep, other.HorizontalStep));
}
