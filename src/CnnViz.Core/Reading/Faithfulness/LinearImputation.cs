using System.Numerics;
using System.Runtime.InteropServices;

namespace CnnViz.Reading.Faithfulness;

/// <summary>
/// Fills missing pixels so that each is the weighted mean of its neighbours, those over an edge at 1/6 and those over a corner at 1/12, with less of them at the
/// picture's border: a sparse symmetric system, solved by conjugate gradients. The pixels lie on a grid with a border of zeros, row by row in whole vectors.
/// </summary>
internal sealed class LinearImputation
{
    private const float Edge = 1f / 6;
    private const float Corner = 1f / 12;

    /// <summary>Where the residual has fallen to this part: values are then right to about 1e-4, a hundredth of the noise that ROAD adds.</summary>
    private const double Tolerance = 1e-5;

    private readonly int _height;
    private readonly int _width;
    private readonly int _stride;

    /// <summary>1 at a missing pixel, 0 elsewhere.</summary>
    private readonly float[] _missing;

    /// <summary>The sum of the weights of a missing pixel's neighbours, 0 elsewhere.</summary>
    private readonly float[] _diagonal;

    private readonly int _mostSteps;

    /// <summary>Sets the system up.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="missing">The pixels (row × width + column) to fill; at least one pixel is not among them.</param>
    public LinearImputation(int height, int width, ReadOnlySpan<int> missing)
    {
        (_height, _width, _mostSteps) = (height, width, 10 * (height + width) + missing.Length / 100);
        var lanes = Vector<float>.Count;
        // A row begins behind one zero and ends with at least one.
        _stride = (width + lanes) / lanes * lanes + lanes;
        _missing = NewGrid();
        var inside = NewGrid();
        for (var pixel = 0; pixel < height * width; pixel++)
            inside[PlaceOf(pixel)] = 1;
        foreach (var pixel in missing)
            _missing[PlaceOf(pixel)] = 1;
        _diagonal = NewGrid();
        foreach (var pixel in missing)
        {
            var place = PlaceOf(pixel);
            _diagonal[place] = Neighbours(inside, place);
        }
    }

    /// <summary>Fills the missing pixels of one channel.</summary>
    /// <param name="plane">height × width values; those of missing pixels are not read.</param>
    public void Fill(Span<float> plane)
    {
        var known = NewGrid();
        var (sum, count) = (0.0, 0);
        for (var pixel = 0; pixel < plane.Length; pixel++)
        {
            var place = PlaceOf(pixel);
            if (_missing[place] > 0)
                continue;
            known[place] = plane[pixel];
            sum += plane[pixel];
            count++;
        }
        var solution = Solve(known, (float)(sum / count));
        for (var pixel = 0; pixel < plane.Length; pixel++)
        {
            var place = PlaceOf(pixel);
            if (_missing[place] > 0)
                plane[pixel] = solution[place];
        }
    }

    /// <summary>Conjugate gradients (Hestenes and Stiefel 1952), from the mean of what is known.</summary>
    private float[] Solve(float[] known, float mean)
    {
        var (solution, residual, direction, image) = (NewGrid(), NewGrid(), NewGrid(), NewGrid());
        for (var place = 0; place < solution.Length; place++)
            solution[place] = mean * _missing[place];
        Apply(solution, image);
        for (var pixel = 0; pixel < _height * _width; pixel++)
        {
            var place = PlaceOf(pixel);
            if (_missing[place] > 0)
                residual[place] = Neighbours(known, place) - image[place];
        }
        residual.CopyTo(direction, 0);
        var error = Dot(residual, residual);
        var goal = error * Tolerance * Tolerance;
        for (var step = 0; step < _mostSteps && error > goal; step++)
        {
            Apply(direction, image);
            var length = (float)(error / Dot(direction, image));
            Add(solution, direction, length);
            Add(residual, image, -length);
            var remaining = Dot(residual, residual);
            Turn(direction, residual, (float)(remaining / error));
            error = remaining;
        }
        return solution;
    }

    /// <summary>The system's left side: each missing pixel's value times the sum of its weights, minus its missing neighbours' weighted values.</summary>
    private void Apply(float[] values, float[] result)
    {
        var lanes = Vector<float>.Count;
        for (var y = 0; y < _height; y++)
        {
            var row = (y + 1) * _stride;
            for (var start = row + lanes; start < row + lanes + _width; start += lanes)
            {
                var missing = new Vector<float>(_missing, start);
                if (missing == Vector<float>.Zero)
                    continue;
                var edges = new Vector<float>(values, start - 1) + new Vector<float>(values, start + 1)
                    + new Vector<float>(values, start - _stride) + new Vector<float>(values, start + _stride);
                var corners = new Vector<float>(values, start - _stride - 1) + new Vector<float>(values, start - _stride + 1)
                    + new Vector<float>(values, start + _stride - 1) + new Vector<float>(values, start + _stride + 1);
                (new Vector<float>(_diagonal, start) * new Vector<float>(values, start) - missing * (Edge * edges + Corner * corners)).CopyTo(result, start);
            }
        }
    }

    private float Neighbours(float[] grid, int place) =>
        Edge * (grid[place - 1] + grid[place + 1] + grid[place - _stride] + grid[place + _stride])
        + Corner * (grid[place - _stride - 1] + grid[place - _stride + 1] + grid[place + _stride - 1] + grid[place + _stride + 1]);

    private double Dot(float[] first, float[] second)
    {
        var sum = 0.0;
        var left = Vectors(first);
        var right = Vectors(second);
        var rowLength = _stride / Vector<float>.Count;
        for (var row = 0; row < left.Length; row += rowLength)
        {
            var part = Vector<float>.Zero;
            for (var i = row; i < row + rowLength; i++)
                part += left[i] * right[i];
            sum += Vector.Sum(part);
        }
        return sum;
    }

    private static void Add(float[] sum, float[] values, float factor)
    {
        var target = Vectors(sum);
        var added = Vectors(values);
        for (var i = 0; i < target.Length; i++)
            target[i] += factor * added[i];
    }

    private static void Turn(float[] direction, float[] residual, float factor)
    {
        var target = Vectors(direction);
        var added = Vectors(residual);
        for (var i = 0; i < target.Length; i++)
            target[i] = added[i] + factor * target[i];
    }

    private static Span<Vector<float>> Vectors(float[] grid) => MemoryMarshal.Cast<float, Vector<float>>(grid.AsSpan());

    private int PlaceOf(int pixel)
    {
        var (y, x) = Math.DivRem(pixel, _width);
        return (y + 1) * _stride + Vector<float>.Count + x;
    }

    // One row of zeros above and below, and one more for the last vector's neighbours.
    private float[] NewGrid() => new float[(_height + 3) * _stride];
}
