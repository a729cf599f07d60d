using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// In L₂: humps of both signs in tiles all over the picture, then the change of one window is taken away and its length given to another, which gets a new hump on
/// top of what it has.
/// </summary>
internal sealed class L2SquareMoves(AttackProblem problem, Generator generator) : SquareMoves(problem, generator)
{
    private const long Tiles = 5; // along the shorter side
    private const long SmallestSide = 3;
    private const double Tiny = 1e-12;

    private readonly Dictionary<(long Side, bool IsTurned), float[]> _humps = [];

    public override double UsualShare => 0.1;

    public override Tensor Start()
    {
        var side = Math.Max(Math.Min(Height, Width) / Tiles, 1);
        var change = zeros_like(Problem.Clean);
        for (long row = 0; row + side <= Height; row += side)
        {
            for (long column = 0; column + side <= Width; column += side)
            {
                var signs = Signs(Problem.Count, Problem.Clean.shape[1], 1, 1);
                var turned = Drawn(1);
                for (var i = 0; i < Problem.Count; i++)
                    Window(change, i, row, column, side).copy_(Hump(side, turned[i] < 0.5) * signs.select(0, i));
            }
        }
        return Problem.Project(Problem.Clean + change / AttackProblem.Length(change) * Problem.Epsilon);
    }

    public override Tensor Next(Tensor best, double share)
    {
        // An odd side, so that a hump has a middle.
        var side = SideOf(share, SmallestSide);
        side = side % 2 == 0 ? Math.Max(side - 1, 1) : side;
        var change = best - Problem.Clean;
        var signs = Signs(Problem.Count, Problem.Clean.shape[1], 1, 1);
        var drawn = Drawn(5);
        for (var i = 0; i < Problem.Count; i++)
        {
            long Place(int which, long extent) => (long)(drawn[which * Problem.Count + i] * (extent - side + 1));
            Move(change, i, (Place(0, Height), Place(1, Width)), (Place(2, Height), Place(3, Width)), side, Hump(side, drawn[4 * Problem.Count + i] < 0.5) * signs.select(0, i));
        }
        return Problem.Project(Problem.Clean + change);
    }

    /// <summary>Gives what the change has in two windows, and what is left of ε, to the first of them.</summary>
    private void Move(Tensor change, int picture, (long Row, long Column) to, (long Row, long Column) from, long side, Tensor hump)
    {
        var own = change.select(0, picture);
        var (target, source) = (Window(change, picture, to.Row, to.Column, side), Window(change, picture, from.Row, from.Column, side));
        var unused = Math.Max(0, Problem.Epsilon * Problem.Epsilon - own.square().sum().ToDouble());
        var whole = own.square().sum([1, 2]);
        var shape = hump / (SquaresOf(hump).sqrt() + Tiny) + target / (SquaresOf(target).sqrt() + Tiny);
        source.fill_(0);
        target.fill_(0);
        // What is missing from the whole now was in the windows, which may overlap.
        var available = (whole - own.square().sum([1, 2])).clamp(min: 0) + unused / own.shape[0];
        target.copy_(shape * (available.view(-1, 1, 1) / (SquaresOf(shape) + Tiny)).sqrt());
    }

    /// <summary>The sum of squares of each channel, <c>[C, 1, 1]</c>.</summary>
    private static Tensor SquaresOf(Tensor window) => window.square().sum([1, 2]).view(-1, 1, 1);

    private static Tensor Window(Tensor pictures, int picture, long row, long column, long side) =>
        pictures.select(0, picture).narrow(1, row, side).narrow(2, column, side);

    /// <summary>A positive hump beside a negative one, or above it, of length 1, <c>[1, side, side]</c>.</summary>
    private Tensor Hump(long side, bool isTurned)
    {
        if (!_humps.TryGetValue((side, isTurned), out var values))
            _humps[(side, isTurned)] = values = Humps(side, isTurned);
        var hump = TensorTransfer.ToNative(values, [1, side, side]).to(Problem.Clean.device);
        return hump / (hump.square().sum().sqrt() + Tiny);
    }

    private static float[] Humps(long side, bool isTurned)
    {
        var values = new float[side * side];
        var half = side / 2;
        for (long row = 0; row < side; row++)
        {
            for (long column = 0; column < side; column++)
            {
                var value = column < half ? Pyramid(side, half, row, column) : -Pyramid(side, side - half, row, column - half);
                values[isTurned ? column * side + row : row * side + column] = (float)value;
            }
        }
        return values;
    }

    /// <summary>A pyramid over a rectangle (equation 3 of the paper): the nearer to its middle, the more of 1/(n+1)², 1/n², … 1 are added up.</summary>
    private static double Pyramid(long height, long width, long row, long column)
    {
        var n = height / 2;
        var inside = n - Math.Max(Math.Abs(row - n), Math.Abs(column - width / 2));
        var sum = 0.0;
        for (long k = 0; k <= inside; k++)
            sum += 1.0 / ((n + 1 - k) * (n + 1 - k));
        return sum;
    }
}
