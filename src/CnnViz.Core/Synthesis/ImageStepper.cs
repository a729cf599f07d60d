using System.Globalization;
using System.Text.Json;
using CnnViz.Imaging;
using CnnViz.Networks;
using CnnViz.Objectives;
using CnnViz.Running;
using CnnViz.Runtime;
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
    private readonly PictureGradient[] _gradients;
    private readonly Generator _generator;
    private readonly List<float[]> _history = [];
    private readonly List<IReadOnlyDictionary<string, double>> _terms = [];
    private readonly PictureAverage? _average;
    private readonly IDisposable? _limited;
    private readonly string _start;
    private readonly string _values;
    private Optimizer _optimizer;
    private Standing? _standing;
    private Tensor? _good;
    private int _octave;
    private bool _isDivided;

    /// <summary>Makes the start.</summary>
    /// <param name="task">What is made, in words that tell this run from others.</param>
    /// <param name="model">The network; it stays its owner's.</param>
    /// <param name="parameterization">The pictures, at the size of the first octave; the stepper's from here on.</param>
    /// <param name="plan">What each step does.</param>
    /// <exception cref="CnnVizException">
    /// As <see cref="Objectives.Objective.Check"/>: the model lacks what the objective asks for; <c>MemoryLimitTooSmall</c>, <c>MemoryInsufficient</c>: a size of
    /// the plan does not fit.
    /// </exception>
    public ImageStepper(string task, CnnModel model, Parameterization parameterization, SynthesisPlan plan)
    {
        (Activity, _model, _parameterization, _plan) = (task, model, parameterization, plan);
        _limited = plan.MemoryLimit is null ? null : FreedMemory.ReturnAtOnce();
        _average = plan.AverageDecay is { } decay ? new PictureAverage(decay) : null;
        _generator = new Generator((ulong)plan.Seed);
        _optimizer = plan.Optimizer(parameterization.Values);
        (_start, _values) = (TensorTransfer.ToManaged(parameterization.Values).Fingerprint, parameterization.ToString());
        try
        {
            foreach (var octave in Enumerable.Range(0, plan.Octaves.Count))
                ObjectiveAt(octave).Check(model);
            var whole = new WholeGradient(Runner(model, plan));
            _gradients = [.. Enumerable.Range(0, plan.Octaves.Count).Select(octave => GradientAt(octave, whole))];
        }
        catch
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
        ["Preprocessing"] = _model.Preprocessing.Normalization,
        ["Parameterization"] = _values,
        ["Start"] = _start,
        ["Optimizer"] = string.Create(CultureInfo.InvariantCulture, $"{_optimizer.GetType().Name}, weight decay {_optimizer.WeightDecay:R}"),
        ["Objective"] = string.Join(" | ", Enumerable.Range(0, _plan.Octaves.Count).Select(octave => Text(ObjectiveAt(octave))).Distinct()),
        ["Octaves"] = string.Join(' ', _plan.Octaves.Select(octave => $"{octave.Width}x{octave.Height}:{octave.Steps}")),
        ["StepSize"] = _plan.StepSize.ToString("R", CultureInfo.InvariantCulture),
        ["Schedule"] = string.Create(CultureInfo.InvariantCulture, $"{_plan.Schedule} {_plan.ScheduleDecay:R}"),
        ["Transforms"] = string.Join("; ", _plan.Transforms.Select(Text)),
        ["GradientFilters"] = string.Join("; ", _plan.GradientFilters.Select(Text)),
        ["Constraints"] = string.Join("; ", _plan.Constraints.Select(Text)),
        ["Pooling"] = _plan.Pooling.ToString(),
        ["AverageDecay"] = _plan.AverageDecay?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        ["CarriesOptimizer"] = _plan.CarriesOptimizer.ToString(),
        ["ScoreLimit"] = _plan.ScoreLimit.ToString("R", CultureInfo.InvariantCulture),
        ["Seed"] = _plan.Seed.ToString(CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public override bool IsCheckpointDue => CompletedSteps % _plan.CheckpointInterval == 0 || IsDone;

    /// <inheritdoc/>
    public override bool IsRaw => _plan.IsRaw;

    /// <inheritdoc/>
    public override bool IsDivided => _isDivided;

    /// <inheritdoc/>
    public override double[] HistoryOf(int picture) => [.. _history.Select(scores => (double)scores[picture])];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double[]> Terms => _terms.Count == 0
        ? new Dictionary<string, double[]>()
        : _terms[^1].Keys.ToDictionary(name => name, name => _terms.Select(values => values[name]).ToArray(), StringComparer.Ordinal);

    /// <inheritdoc/>
    public override CnnTensor Pictures()
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var image = _average?.Value ?? _parameterization.Image();
        var pictures = TensorTransfer.ToManaged(IsRaw ? image : image.clamp(0, 1), "NCHW");
        return _plan.Finish is not { } finish
            ? pictures
            : new CnnTensor([.. Enumerable.Range(0, pictures.Shape[0]).SelectMany(i => finish(pictures.Slice(i)).Data)], pictures.Shape, pictures.Layout);
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
        var current = _standing ??= Stand(cancellation);
        if (!double.IsFinite(current.Loss) || !IsFinite(current.Gradient))
        {
            GoBack();
            throw Errors.SynthesisDiverged(CompletedSteps + 1, _plan.StepSize);
        }
        KeepGood();
        var length = _plan.StepSize * _plan.Schedule.Factor(step, _plan.Octaves[octave].Steps, _plan.ScheduleDecay);
        _standing = _optimizer.Step(
            current,
            () =>
            {
                Constrain();
                return Stand(cancellation);
            },
            length);
        if (_standing is null)
            Constrain();
        _history.Add(current.Scores);
        if (_plan.Terms is not null)
            _terms.Add(current.Terms);
        if (!ReferenceEquals(current, _standing))
            current.Dispose();
        if (_average is not null)
        {
            using var gradients = no_grad();
            _average.Add(_parameterization.Image());
        }
        CompletedSteps += current.Scores.All(score => score > _plan.ScoreLimit) ? _plan.Octaves[octave].Steps - step : 1;
    }

    /// <summary>Nothing to do: a step that led to no number was taken back, and otherwise the last picture is the furthest.</summary>
    public override void KeepBest()
    {
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        checkpoint.Put("step", CompletedSteps.ToString(CultureInfo.InvariantCulture));
        checkpoint.Put("history", string.Join(';', _history.Select(scores => string.Join(' ', scores.Select(Text)))));
        checkpoint.Put("terms", JsonSerializer.Serialize(_terms));
        checkpoint.PutGenerator(_generator);
        _parameterization.Save(checkpoint);
        _optimizer.Save(checkpoint);
        _average?.Save(checkpoint);
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        CompletedSteps = int.Parse(checkpoint.Text("step"), CultureInfo.InvariantCulture);
        _history.Clear();
        _history.AddRange(checkpoint.Text("history").Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(step => Array.ConvertAll(step.Split(' '), text => float.Parse(text, CultureInfo.InvariantCulture))));
        _terms.Clear();
        _terms.AddRange(JsonSerializer.Deserialize<Dictionary<string, double>[]>(checkpoint.Text("terms"))!);
        Forget();
        var octave = Place(Math.Max(0, CompletedSteps - 1)).Octave;
        if (octave != _octave)
            Enter(octave);
        checkpoint.RestoreGenerator(_generator);
        _parameterization.Restore(checkpoint);
        _optimizer.Restore(checkpoint);
        _average?.Restore(checkpoint);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        Forget();
        _good?.Dispose();
        _optimizer.Dispose();
        _average?.Dispose();
        _limited?.Dispose();
        _parameterization.Dispose();
        _generator.Dispose();
    }

    private PictureGradient GradientAt(int octave, WholeGradient whole)
    {
        if (ObjectiveAt(octave).Layers.Count == 0)
            return whole;
        var interpreter = AsItStands(_model, _plan);
        var memory = new StepMemory(_model, interpreter, ObjectiveAt(octave), _plan.MemoryLimit, _optimizer.StateCount + (_average is null ? 0 : 1));
        var (height, width) = _plan.Transforms.Aggregate(
            (_plan.Octaves[octave].Height, _plan.Octaves[octave].Width), (size, transform) => transform.Largest(size.Height, size.Width));
        _isDivided |= !memory.Plan((int)_parameterization.Values.shape[0], height, width).IsWhole;
        return _plan.MemoryLimit is null ? whole : new BoundedGradient(interpreter, whole, memory);
    }

    /// <summary>
    /// How the network is run: rearranged, to answer faster, with the same up to rounding; as it stands where its input itself is optimised, as references do
    /// that go by the last bit, and where its poolings are others.
    /// </summary>
    private static Interpreter Runner(CnnModel model, SynthesisPlan plan) => plan switch
    {
        { Pooling: not PoolingKind.Own } or { IsRaw: true } => AsItStands(model, plan),
        _ => plan.Octaves.Select(octave => octave.Objective ?? plan.Objective).All(objective => objective.Layers is [Objective.Output]) ? model.Logits() : model.Answering(),
    };

    private static Interpreter AsItStands(CnnModel model, SynthesisPlan plan) => model.Interpreter().With(model.Network.With(plan.Pooling));

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

    private Objective ObjectiveAt(int octave) => _plan.Octaves[octave].Objective ?? _plan.Objective;

    private void Enter(int octave)
    {
        _octave = octave;
        var (height, width) = (_plan.Octaves[octave].Height, _plan.Octaves[octave].Width);
        _parameterization.Resize(height, width);
        var earlier = _optimizer;
        _optimizer = _plan.Optimizer(_parameterization.Values);
        if (_plan.CarriesOptimizer)
            _optimizer.Inherit(earlier, values => TensorTransfer.ToNative(ImageResize.Resize(TensorTransfer.ToManaged(values), height, width), values.device));
        earlier.Dispose();
        _average?.Restart();
        _plan.Terms?.Clear();
        Forget();
        _good?.Dispose();
        _good = null;
    }

    private void Forget()
    {
        _standing?.Dispose();
        _standing = null;
    }

    /// <summary>The values whose objective is a number, for <see cref="GoBack"/>: only the next step tells whether what it comes to is one.</summary>
    private void KeepGood()
    {
        using var gradients = no_grad();
        if (_good is null)
            _good = _parameterization.Values.clone().DetachFromDisposeScope();
        else
            _good.copy_(_parameterization.Values);
    }

    private void GoBack()
    {
        Forget();
        using var gradients = no_grad();
        if (_good is not null)
            _parameterization.Values.copy_(_good);
    }

    private void Constrain()
    {
        using var gradients = no_grad();
        foreach (var constraint in _plan.Constraints)
            constraint.Apply(_parameterization.Values, CompletedSteps + 1);
    }

    private static bool IsFinite(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        return gradient.isfinite().all().item<bool>();
    }

    /// <summary>What the pictures are worth as they are. Optimisers go down; the objective is to rise.</summary>
    private Standing Stand(CancellationToken cancellation)
    {
        using var gradients = enable_grad();
        using var scope = NewDisposeScope();
        var image = _parameterization.Image().to(device(_model.Device));
        var seen = image;
        foreach (var transform in _plan.Transforms)
            seen = transform.Apply(seen, _generator);
        var input = (_plan.IsRaw ? seen : _model.Preprocessing.Normalize(seen)).to(_model.DataType);
        var gradient = _gradients[_octave].Of(_parameterization.Values, image, input, ObjectiveAt(_octave), out var scores, cancellation);
        foreach (var filter in _plan.GradientFilters)
            gradient = filter.Apply(gradient);
        return new Standing(scores, -gradient, _plan.Terms?.Latest ?? new Dictionary<string, double>());
    }

    private sealed class Standing(float[] scores, Tensor gradient, IReadOnlyDictionary<string, double> terms) : Evaluation(-scores.Sum(score => (double)score), gradient)
    {
        public float[] Scores => scores;

        public IReadOnlyDictionary<string, double> Terms => terms;
    }
}
