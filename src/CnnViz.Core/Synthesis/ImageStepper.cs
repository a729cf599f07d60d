using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>
/// Holds a network still and changes pictures until they drive an objective: the stepper behind class maximization, dreams and style transfer. The forward
/// pass stops at the deepest layer that is asked for, and no parameter takes part in the way back.
/// </summary>
public sealed class ImageStepper : PictureStepper
{
    private readonly CnnModel _model;
    private readonly Parameterization _parameterization;
    private readonly SynthesisPlan _plan;
    private readonly PictureGradient _gradient;
    private readonly Generator _generator;
    private readonly List<float[]> _history = [];
    private readonly string _start;
    private Optimizer _optimizer;
    private int _octave;

    /// <summary>Makes the start.</summary>
    /// <param name="task">What is made, in words that tell this run from others.</param>
    /// <param name="model">The network; it stays its owner's.</param>
    /// <param name="parameterization">The pictures, at the size of the first octave; the stepper's from here on.</param>
    /// <param name="plan">What each step does.</param>
    /// <exception cref="CnnVizException">
    /// As <see cref="Objectives.Objective.Check"/>: the model lacks what the objective asks for; <c>MemoryLimitTooSmall</c>: a size of the plan does not fit.
    /// </exception>
    public ImageStepper(string task, CnnModel model, Parameterization parameterization, SynthesisPlan plan)
    {
        (Activity, _model, _parameterization, _plan) = (task, model, parameterization, plan);
        plan.Objective.Check(model);
        _generator = new Generator((ulong)plan.Seed);
        _optimizer = plan.Optimizer(parameterization.Values);
        _start = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(TensorTransfer.ToArray(parameterization.Values).AsSpan())));
        try
        {
            _gradient = plan.MemoryLimit is { } limit ? Bounded(limit) : new WholeGradient(model, plan.IsRaw);
        }
        catch (CnnVizException)
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string Activity { get; }

    /// <inheritdoc/>
    public override int StepCount => _plan.Octaves.Sum(octave => octave.Steps);

    /// <inheritdoc/>
    public override string Status => _history.Count == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $"octave {_octave + 1} of {_plan.Octaves.Count}, objective {_history[^1].Average():0.####}");

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Synthesis"] = Activity,
        ["Weights"] = _model.WeightsHash,
        ["Parameterization"] = _parameterization.GetType().Name,
        ["Start"] = _start,
        ["Optimizer"] = string.Create(CultureInfo.InvariantCulture, $"{_optimizer.GetType().Name}, weight decay {_optimizer.WeightDecay:R}"),
        ["Objective"] = Text(_plan.Objective),
        ["Octaves"] = string.Join(' ', _plan.Octaves.Select(octave => $"{octave.Width}x{octave.Height}:{octave.Steps}")),
        ["StepSize"] = _plan.StepSize.ToString("R", CultureInfo.InvariantCulture),
        ["Schedule"] = string.Create(CultureInfo.InvariantCulture, $"{_plan.Schedule} {_plan.ScheduleDecay:R}"),
        ["Transforms"] = string.Join("; ", _plan.Transforms.Select(Text)),
        ["GradientFilters"] = string.Join("; ", _plan.GradientFilters.Select(Text)),
        ["Constraints"] = string.Join("; ", _plan.Constraints.Select(Text)),
        ["ScoreLimit"] = _plan.ScoreLimit.ToString("R", CultureInfo.InvariantCulture),
        ["Seed"] = _plan.Seed.ToString(CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public override bool IsCheckpointDue => CompletedSteps % _plan.CheckpointInterval == 0 || IsDone;

    /// <inheritdoc/>
    public override bool IsRaw => _plan.IsRaw;

    /// <inheritdoc/>
    public override double[] HistoryOf(int picture) => [.. _history.Select(scores => (double)scores[picture])];

    /// <inheritdoc/>
    public override CnnTensor Pictures()
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var image = _parameterization.Image();
        return TensorTransfer.ToManaged(IsRaw ? image : image.clamp(0, 1), "NCHW");
    }

    /// <inheritdoc/>
    public override CnnImage? Frame
    {
        get
        {
            var picture = Pictures().Slice(0);
            return new CnnImage(Array.ConvertAll(picture.Data, value => Math.Clamp(value, 0, 1)), picture.Shape[0], picture.Shape[1], picture.Shape[2]);
        }
    }

    /// <inheritdoc/>
    public override void Step(CancellationToken cancellation)
    {
        var (octave, step) = Place(CompletedSteps);
        if (octave != _octave)
            Enter(octave);
        var gradient = Gradient(out var scores, cancellation);
        foreach (var filter in _plan.GradientFilters)
            gradient = filter.Apply(gradient);
        if (!scores.All(float.IsFinite) || !float.IsFinite(gradient.sum().to(ScalarType.Float32).item<float>()))
            throw Errors.SynthesisDiverged(CompletedSteps + 1, _plan.StepSize);
        var steps = _plan.Octaves[octave].Steps;
        // Optimisers go down; the objective is to rise.
        _optimizer.Step(-gradient, _plan.StepSize * _plan.Schedule.Factor(step, steps, _plan.ScheduleDecay));
        using (no_grad())
        {
            foreach (var constraint in _plan.Constraints)
                constraint.Apply(_parameterization.Values, CompletedSteps + 1);
        }
        _history.Add(scores);
        CompletedSteps += scores.All(score => score > _plan.ScoreLimit) ? steps - step : 1;
    }

    /// <summary>Nothing to do: a step that leads to no number is not taken, and otherwise the last picture is the furthest.</summary>
    public override void KeepBest()
    {
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        checkpoint.Put("step", CompletedSteps.ToString(CultureInfo.InvariantCulture));
        checkpoint.Put("history", string.Join(';', _history.Select(scores => string.Join(' ', scores.Select(Text)))));
        checkpoint.Put("generator", _generator.get_state());
        _parameterization.Save(checkpoint);
        _optimizer.Save(checkpoint);
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        CompletedSteps = int.Parse(checkpoint.Text("step"), CultureInfo.InvariantCulture);
        _history.Clear();
        _history.AddRange(checkpoint.Text("history").Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(step => Array.ConvertAll(step.Split(' '), text => float.Parse(text, CultureInfo.InvariantCulture))));
        var octave = Place(Math.Max(0, CompletedSteps - 1)).Octave;
        if (octave != _octave)
            Enter(octave);
        _generator.set_state(checkpoint.Tensor("generator"));
        _parameterization.Restore(checkpoint);
        _optimizer.Restore(checkpoint);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _optimizer.Dispose();
        _parameterization.Dispose();
        _generator.Dispose();
    }

    private BoundedGradient Bounded(ByteSize limit)
    {
        var memory = new StepMemory(_model, _plan.Objective, limit, _optimizer.StateCount);
        foreach (var octave in _plan.Octaves)
        {
            var (height, width) = _plan.Transforms.Aggregate((octave.Height, octave.Width), (size, transform) => transform.Largest(size.Height, size.Width));
            memory.Plan((int)_parameterization.Values.shape[0], height, width);
        }
        return new BoundedGradient(_model, memory);
    }

    private static string Text(float score) => score.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(object setting) => Convert.ToString(setting, CultureInfo.InvariantCulture) ?? "";

    private (int Octave, int Step) Place(int step)
    {
        for (var octave = 0; octave < _plan.Octaves.Count; octave++)
        {
            if (step < _plan.Octaves[octave].Steps)
                return (octave, step);
            step -= _plan.Octaves[octave].Steps;
        }
        return (_plan.Octaves.Count - 1, _plan.Octaves[^1].Steps);
    }

    private void Enter(int octave)
    {
        _octave = octave;
        _parameterization.Resize(_plan.Octaves[octave].Height, _plan.Octaves[octave].Width);
        _optimizer.Dispose();
        _optimizer = _plan.Optimizer(_parameterization.Values);
    }

    private Tensor Gradient(out float[] scores, CancellationToken cancellation)
    {
        var image = _parameterization.Image();
        var seen = image;
        foreach (var transform in _plan.Transforms)
            seen = transform.Apply(seen, _generator);
        var input = (_plan.IsRaw ? seen : _model.Preprocessing.Normalize(seen)).to(_model.DataType, device(_model.Device));
        return _gradient.Of(_parameterization.Values, image, input, _plan.Objective, out scores, cancellation);
    }
}
