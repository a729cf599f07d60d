using CnnViz.Networks;
using CnnViz.Objectives;
using CnnViz.Synthesis.Bounded;

namespace CnnViz.Synthesis;

/// <summary>
/// The memory that a step of a synthesis takes, known before it runs, and how to keep it under a limit. The limit is for the whole process: what it takes by itself,
/// the weights, the pictures with all that is computed of their size, what the optimiser keeps, and the pass through the network. The same sizes are always computed in
/// the same parts, whatever else the machine does.
/// </summary>
internal sealed class StepMemory
{
    // Measured: PowerShell or .NET with the module and libtorch, and the freed memory that the backend keeps at hand.
    private const long ProcessBytes = 544L << 20;

    // The values, the pictures, the network's input, their gradients, and the copies that transforms, filters and results make.
    private const int PictureCopies = 10;
    private const long Precision = 1L << 20;

    private readonly CnnModel _model;
    private readonly Interpreter _interpreter;
    private readonly ObjectiveView _view;
    private readonly int _pictureCopies;
    private readonly long _limit;
    private readonly Dictionary<(int, int, int), PassPlan> _plans = [];

    /// <summary>Prepares the estimates.</summary>
    /// <param name="model">The network.</param>
    /// <param name="interpreter">Runs it.</param>
    /// <param name="objective">What is asked.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="optimizerCopies">How many tensors of the pictures' size the optimiser keeps.</param>
    public StepMemory(CnnModel model, Interpreter interpreter, Objective objective, ByteSize limit, int optimizerCopies)
    {
        (_model, _interpreter, _view, _limit, _pictureCopies) = (model, interpreter, new ObjectiveView(interpreter.Network, objective), limit.Bytes, PictureCopies + optimizerCopies);
    }

    /// <summary>What the objective sees of the network.</summary>
    public ObjectiveView View => _view;

    /// <summary>How to compute pictures of a size; the same plan at each call.</summary>
    /// <param name="batchSize">Pictures that are computed together.</param>
    /// <param name="height">Rows of what the network sees.</param>
    /// <param name="width">Columns.</param>
    /// <exception cref="CnnVizException"><c>MemoryLimitTooSmall</c>, with what is needed, and the largest size that fits.</exception>
    public PassPlan Plan(int batchSize, int height, int width)
    {
        var size = (batchSize, height, width);
        if (!_plans.TryGetValue(size, out var plan))
        {
            plan = Planner(batchSize, height, width).Best(_limit);
            if (plan.IsOver)
            {
                var needed = new ByteSize(Needed(batchSize, height, width, plan.PeakBytes));
                throw Errors.MemoryLimitTooSmall(new ByteSize(_limit).ToString(), needed.ToString(), height, width, Largest(batchSize, height, width));
            }
            _plans[size] = plan;
        }
        return plan;
    }

    private PassPlanner Planner(int batchSize, int height, int width)
    {
        int[] shape = [_model.InputShape[0], height, width];
        var outline = new PassOutline(_interpreter, shape, [.. _view.Nodes.Values], batchSize, _model.Precision == CnnViz.Precision.BFloat16 ? 2 : sizeof(float));
        var picture = (long)batchSize * shape[0] * height * width * sizeof(float);
        // A layer that is needed whole: itself, its gradient, and in another precision a copy.
        var layers = _view.Whole.Values.Distinct().Sum(node => 3 * outline.Values(node, outline.Height(node)) * sizeof(float));
        return new PassPlanner(outline, ProcessBytes + _model.Weights.Values.Sum(tensor => tensor.NumberOfElements * tensor.ElementSize) + _pictureCopies * picture + layers);
    }

    private long Needed(int batchSize, int height, int width, long enough)
    {
        var planner = Planner(batchSize, height, width);
        var tooLittle = _limit;
        while (enough - tooLittle > Precision)
        {
            var middle = (tooLittle + enough) / 2;
            if (planner.Best(middle).IsOver)
                tooLittle = middle;
            else
                enough = middle;
        }
        return enough;
    }

    /// <summary>The largest size of the same form that fits; null where none does.</summary>
    private (int Height, int Width)? Largest(int batchSize, int height, int width)
    {
        var (fits, isTooLarge) = (0, width);
        while (isTooLarge - fits > 1)
        {
            var middle = (fits + isTooLarge) / 2;
            if (Fits(batchSize, Rows(middle), middle))
                fits = middle;
            else
                isTooLarge = middle;
        }
        return fits == 0 ? null : (Rows(fits), fits);

        int Rows(int columns) => Math.Max(1, (int)Math.Round((double)height * columns / width));
    }

    private bool Fits(int batchSize, int height, int width)
    {
        try
        {
            return !Planner(batchSize, height, width).Best(_limit).IsOver;
        }
        catch (CnnVizException)
        {
            // Too small for the network.
            return false;
        }
    }
}
