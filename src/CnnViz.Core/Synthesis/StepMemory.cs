using CnnViz.Networks;
using CnnViz.Objectives;
using CnnViz.Synthesis.Bounded;

namespace CnnViz.Synthesis;

/// <summary>
/// The memory that a step of a synthesis takes, known before it runs, and how to keep it under a limit; without a limit it has to be there. It is that of the whole
/// process: what it takes by itself, the weights, the pictures with all that is computed of their size, what the optimiser keeps, and the pass through the network.
/// The same sizes are always computed in the same parts, whatever else the machine does.
/// </summary>
internal sealed class StepMemory
{
    // Measured: PowerShell or .NET with the module and libtorch, and the freed memory that the C library keeps for the next step.
    private const long ProcessBytes = 544L << 20;

    // The values, those of the step before, the pictures, the network's input, their gradients, and the copies that transforms, filters and results make.
    private const int PictureCopies = 11;
    private const long Precision = 1L << 20;

    private readonly CnnModel _model;
    private readonly Interpreter _interpreter;
    private readonly ObjectiveView _view;
    private readonly int _pictureCopies;
    private readonly long? _limit;
    private readonly Dictionary<(int, int, int), PassPlan> _plans = [];

    /// <summary>Prepares the estimates.</summary>
    /// <param name="model">The network.</param>
    /// <param name="interpreter">Runs it.</param>
    /// <param name="objective">What is asked.</param>
    /// <param name="limit">The limit; null where a pass is computed at once, in as much as the machine has.</param>
    /// <param name="optimizerCopies">How many tensors of the pictures' size the optimiser keeps.</param>
    public StepMemory(CnnModel model, Interpreter interpreter, Objective objective, ByteSize? limit, int optimizerCopies)
    {
        (_model, _interpreter, _view, _limit, _pictureCopies) = (model, interpreter, new ObjectiveView(interpreter.Network, objective), limit?.Bytes, PictureCopies + optimizerCopies);
    }

    /// <summary>What the objective sees of the network.</summary>
    public ObjectiveView View => _view;

    /// <summary>What a limit leaves for passes through a network: less than 0 where the process and the weights alone are over it.</summary>
    public static long LeftForPasses(CnnModel model, ByteSize limit) => limit.Bytes - Held(model);

    /// <summary>How to compute pictures of a size; the same plan at each call.</summary>
    /// <param name="batchSize">Pictures that are computed together.</param>
    /// <param name="height">Rows of what the network sees.</param>
    /// <param name="width">Columns.</param>
    /// <exception cref="CnnVizException"><c>MemoryLimitTooSmall</c>, <c>MemoryInsufficient</c>: with what is needed, and the largest size that fits.</exception>
    public PassPlan Plan(int batchSize, int height, int width)
    {
        var size = (batchSize, height, width);
        if (!_plans.TryGetValue(size, out var plan))
        {
            _plans[size] = plan = _limit is { } limit ? Within(limit, batchSize, height, width) : AtOnce(batchSize, height, width);
        }
        return plan;
    }

    private static long Held(CnnModel model) => ProcessBytes + model.Weights.Values.Sum(tensor => tensor.NumberOfElements * tensor.ElementSize);

    /// <summary>What the process has and can have.</summary>
    private static long Available()
    {
        // The load is that of the last collection: a short one brings it up to date.
        GC.Collect(0);
        var memory = GC.GetGCMemoryInfo();
        return Math.Min(memory.TotalAvailableMemoryBytes, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes + Environment.WorkingSet);
    }

    /// <summary>The largest size of the same form that fits; null where none does.</summary>
    private static (int Height, int Width)? Largest(int height, int width, Func<int, int, bool> fits)
    {
        var (largest, isTooLarge) = (0, width);
        while (isTooLarge - largest > 1)
        {
            var middle = (largest + isTooLarge) / 2;
            if (Fits(middle))
                largest = middle;
            else
                isTooLarge = middle;
        }
        return largest == 0 ? null : (Rows(largest), largest);

        int Rows(int columns) => Math.Max(1, (int)Math.Round((double)height * columns / width));

        bool Fits(int columns)
        {
            try
            {
                return fits(Rows(columns), columns);
            }
            catch (CnnVizException)
            {
                // Too small for the network.
                return false;
            }
        }
    }

    private PassPlan Within(long limit, int batchSize, int height, int width)
    {
        var plan = Planner(batchSize, height, width).Best(limit);
        if (!plan.IsOver)
            return plan;
        var needed = new ByteSize(Needed(limit, batchSize, height, width, plan.PeakBytes));
        throw Errors.MemoryLimitTooSmall(
            new ByteSize(limit).ToString(), needed.ToString(), height, width, Largest(height, width, (rows, columns) => !Planner(batchSize, rows, columns).Best(limit).IsOver));
    }

    private PassPlan AtOnce(int batchSize, int height, int width)
    {
        var plan = Planner(batchSize, height, width).Best(long.MaxValue);
        var available = Available();
        // Another device has memory of its own.
        if (plan.PeakBytes <= available || _model.Device != "cpu")
            return plan;
        throw Errors.MemoryInsufficient(
            batchSize, height, width, new ByteSize(plan.PeakBytes), new ByteSize(available),
            Largest(height, width, (rows, columns) => Planner(batchSize, rows, columns).Best(long.MaxValue).PeakBytes <= available));
    }

    private PassPlanner Planner(int batchSize, int height, int width)
    {
        int[] shape = [_model.InputShape[0], height, width];
        var outline = new PassOutline(_interpreter, shape, [.. _view.Nodes.Values], batchSize, _model.Precision == CnnViz.Precision.BFloat16 ? 2 : sizeof(float));
        var picture = (long)batchSize * shape[0] * height * width * sizeof(float);
        // A layer that is needed whole: itself, its gradient, and in another precision a copy.
        var layers = _view.Whole.Values.Distinct().Sum(node => 3 * outline.Values(node, outline.Height(node)) * sizeof(float));
        return new PassPlanner(outline, Held(_model) + _pictureCopies * picture + layers);
    }

    private long Needed(long tooLittle, int batchSize, int height, int width, long enough)
    {
        var planner = Planner(batchSize, height, width);
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
}
