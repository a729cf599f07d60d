using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>In L∞: vertical stripes, then squares of ±ε, one sign for each channel.</summary>
internal sealed class LinfSquareMoves(AttackProblem problem, Generator generator) : SquareMoves(problem, generator)
{
    public override double UsualShare => 0.8;

    public override Tensor Start() =>
        Problem.Project(Problem.Clean + Signs(Problem.Count, Problem.Clean.shape[1], 1, Width) * Problem.Epsilon);

    public override Tensor Next(Tensor best, double share)
    {
        var side = SideOf(share, 1);
        var pixels = best.clone();
        var signs = Signs(Problem.Count, Problem.Clean.shape[1], 1, 1);
        var places = Drawn(2);
        for (var i = 0; i < Problem.Count; i++)
        {
            var (row, column) = ((long)(places[i] * (Height - side + 1)), (long)(places[Problem.Count + i] * (Width - side + 1)));
            var square = pixels.select(0, i).narrow(1, row, side).narrow(2, column, side);
            var clean = Problem.Clean.select(0, i).narrow(1, row, side).narrow(2, column, side);
            square.copy_((clean + signs.select(0, i) * Problem.Epsilon).clamp(0, 1));
        }
        return pixels;
    }
}
