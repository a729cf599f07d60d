using System.Globalization;
using CnnViz.Imaging;
using CnnViz.Reading;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>Measures a model's robustness over a dataset, a batch a step, so that it can be stopped and taken up again.</summary>
public sealed class RobustnessRun : Stepper
{
    private readonly CnnModel _model;
    private readonly CnnDataset _dataset;
    private readonly RobustnessOptions _options;
    private readonly int[] _pictures;
    private readonly int _first; // of them, in the whole that a shard is cut from
    private readonly int[] _classes;
    private readonly bool[][] _robust; // by ε; in front of them without any attack

    /// <summary>Begins with the first picture.</summary>
    /// <param name="model">The model; it stays its owner's.</param>
    /// <param name="dataset">Labelled pictures of the model's classes.</param>
    /// <param name="options">What is measured.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>; as <see cref="AdversarialMaker.Check"/>; <c>DatasetInvalid</c>: its classes are not the model's.</exception>
    public RobustnessRun(CnnModel model, CnnDataset dataset, RobustnessOptions options)
    {
        (_model, _dataset, _options) = (model, dataset, options);
        if (options.Epsilon.Count == 0 || options.Method.Count == 0)
            throw Errors.ArgumentInvalid(options.Epsilon.Count == 0 ? nameof(options.Epsilon) : nameof(options.Method), "nothing", "at least one");
        if (options.BatchSize < 1)
            throw Errors.ArgumentInvalid(nameof(options.BatchSize), options.BatchSize, "at least 1");
        if (dataset.ClassCount != model.ClassCount)
            throw Errors.DatasetInvalid(dataset.Name, $"it has {dataset.ClassCount} classes, and {model.Name} tells {model.ClassCount} apart.");
        foreach (var method in options.Method.Where(method => method.IsMinimal()))
            throw Errors.ArgumentInvalid(nameof(options.Method), method, "an attack within epsilon: this one looks for the smallest change");
        foreach (var attack in Attacks())
            AdversarialMaker.Check([model], attack with { Epsilon = Checked(attack.Epsilon) });
        var whole = Chosen(dataset.Count, options);
        var part = options.Shard?.Cut(whole.Length, options.BatchSize) ?? Range.All;
        (_pictures, _first) = (whole[part], part.Start.Value);
        _classes = Array.ConvertAll(_pictures, dataset.GetClass);
        _robust = [.. Enumerable.Range(0, options.Epsilon.Count + 1).Select(_ => new bool[_pictures.Length])];
    }

    /// <inheritdoc/>
    public override string Activity => $"Robustness of {_model.Name} on {_dataset.Name}";

    /// <inheritdoc/>
    public override int StepCount => (_pictures.Length + _options.BatchSize - 1) / _options.BatchSize;

    /// <inheritdoc/>
    public override string Status => string.Join(", ", _options.Epsilon.Select((epsilon, i) =>
        string.Create(CultureInfo.InvariantCulture, $"{epsilon}: {100.0 * _robust[i + 1].Count(isRobust => isRobust) / Math.Max(1, Done):0.0} %")));

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Measure"] = "robustness",
        ["Weights"] = _model.WeightsHash,
        ["Dataset"] = $"{_dataset.Name}, {_dataset.Count} pictures",
        ["Pictures"] = $"{_pictures.Length}{(_options.Random ? " drawn" : "")} in batches of {_options.BatchSize}",
        ["Epsilon"] = string.Join(' ', _options.Epsilon),
        ["Method"] = string.Join(' ', _options.Method),
        ["Attack"] = _options.Attack.Text,
        ["Shard"] = _options.Shard?.ToString() ?? "none",
        ["Rounding"] = _options.Unrounded ? "none" : "8 bits",
    };

    /// <inheritdoc/>
    public override bool IsCheckpointDue => true;

    private int Done => Math.Min(CompletedSteps * _options.BatchSize, _pictures.Length);

    /// <inheritdoc/>
    public override void Step(CancellationToken cancellation)
    {
        var start = CompletedSteps * _options.BatchSize;
        var images = Enumerable.Range(start, Math.Min(_options.BatchSize, _pictures.Length - start)).Select(i => Prepared(_dataset.GetImage(_pictures[i]))).ToArray();
        var clean = new CnnTensor([.. images.SelectMany(image => image.Data)], [images.Length, .. images[0].Shape], "NCHW");
        var answers = Withstands(clean, [.. Enumerable.Range(0, images.Length)], start, attack: null, cancellation);
        answers.CopyTo(_robust[0], start);
        for (var i = 0; i < _options.Epsilon.Count; i++)
        {
            var isRobust = (bool[])answers.Clone();
            foreach (var method in _options.Epsilon[i] == 0 ? [] : _options.Method)
            {
                int[] left = [.. isRobust.Index().Where(entry => entry.Item).Select(entry => entry.Index)];
                if (left.Length == 0)
                    break;
                var withstood = Withstands(clean, left, start, _options.Attack with { Method = method, Epsilon = _options.Epsilon[i], Target = null }, cancellation);
                for (var j = 0; j < left.Length; j++)
                    isRobust[left[j]] = withstood[j];
            }
            isRobust.CopyTo(_robust[i + 1], start);
        }
        CompletedSteps++;
    }

    /// <summary>A point for each ε, over the pictures that are done.</summary>
    public IReadOnlyList<RobustnessPoint> Points()
    {
        var recipe = Recipes.Of("Measure-CnnRobustness", [_model], _options.BatchSize, _options, Recipes.Input(_dataset)) with { Seed = _options.Attack.Seed };
        return
        [
            .. _options.Epsilon.Select((epsilon, i) =>
            {
                var robust = _robust[i + 1].Count(isRobust => isRobust);
                var (lower, upper) = WilsonInterval.Of(robust, Done);
                return new RobustnessPoint
                {
                    Epsilon = epsilon,
                    Norm = _options.Attack.Norm.ToString(),
                    Method = epsilon == 0 ? "none" : string.Join("+", _options.Method),
                    Count = Done,
                    CleanCorrect = _robust[0].Count(isRight => isRight),
                    Robust = robust,
                    Lower = lower,
                    Upper = upper,
                    Classes = [.. Classes(_robust[i + 1])],
                    ModelName = _model.Name,
                    Dataset = _dataset.Name,
                    Shard = _options.Shard?.ToString(),
                    Recipe = recipe with { ResultIndex = i },
                };
            }),
        ];
    }

    /// <summary>What was measured stays.</summary>
    public override void KeepBest()
    {
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        checkpoint.Put("step", CompletedSteps.ToString(CultureInfo.InvariantCulture));
        checkpoint.Put("robust", string.Join(' ', _robust.Select(robust => string.Concat(robust.Select(isRobust => isRobust ? '1' : '0')))));
        // A checkpoint is a file of tensors, and may not be without one.
        checkpoint.Put("classes", tensor([.. _classes.Select(index => (long)index)], [_classes.Length]));
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        CompletedSteps = int.Parse(checkpoint.Text("step"), CultureInfo.InvariantCulture);
        foreach (var (robust, text) in _robust.Zip(checkpoint.Text("robust").Split(' ')))
        {
            for (var i = 0; i < robust.Length; i++)
                robust[i] = text[i] == '1';
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }

    private static int[] Chosen(int count, RobustnessOptions options)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        if (options.Random)
            SplitMix64.ForStream(options.Attack.Seed, 0x50).Shuffle<int>(all);
        return [.. all.Take(options.First ?? count)];
    }

    /// <summary>0 is no attack, and without rounding there is no level that a change has to reach.</summary>
    private double Checked(double epsilon) => epsilon == 0 ? 1 : epsilon > 0 && _options.Unrounded ? Math.Max(epsilon, 1.0 / 255) : epsilon;

    private IEnumerable<AttackOptions> Attacks() =>
        _options.Epsilon.SelectMany(epsilon => _options.Method.Select(method => _options.Attack with { Method = method, Epsilon = epsilon, Target = null }));

    private CnnImage Prepared(CnnImage image)
    {
        var prepared = NetworkInput.Prepare(_model, image, _options.Attack.Preprocessing);
        return _options.Unrounded ? prepared : ImageExport.RoundTo8Bits(prepared);
    }

    /// <summary>For some pictures of a batch whether they are still read rightly: without an attack, or after one.</summary>
    private bool[] Withstands(CnnTensor clean, int[] pictures, int start, AttackOptions? attack, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var values = new CnnTensor([.. pictures.SelectMany(picture => clean.Slice(picture).Data)], [pictures.Length, .. clean.Shape[1..]], "NCHW");
        using var problem = new AttackProblem([_model], values, [.. pictures.Select(picture => _classes[start + picture])])
        {
            Norm = attack?.Norm ?? AttackNorm.Linf,
            Epsilon = attack?.Epsilon ?? 1,
            // Each batch has chance of its own.
            Seed = (attack?.Seed ?? 0) + _first + start,
        };
        if (attack is null)
            return Right(problem, problem.Clean);
        using var stepper = AttackMethods.Create(attack, problem);
        if (!Run.ToEnd(stepper, new RunOptions { Cancellation = cancellation }))
            throw new OperationCanceledException(cancellation);
        using var quiet = no_grad();
        if (_options.Unrounded)
            return Right(problem, stepper.Candidates[0]);
        var saved = Verified.Best(problem, stepper.Candidates, isBounded: true);
        return Right(problem, stack(saved.Select(picture => TensorTransfer.ToNative(picture, problem.Clean.device))));
    }

    private static bool[] Right(AttackProblem problem, Tensor pixels)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        return [.. TensorTransfer.ToArray(problem.Margin(problem.Logits(pixels))).Select(margin => margin <= 0)];
    }

    private IEnumerable<ClassRobustness> Classes(bool[] robust) => Enumerable.Range(0, Done)
        .GroupBy(i => _classes[i])
        .OrderBy(group => group.Key)
        .Select(group => new ClassRobustness(group.Key, _dataset.Labels[group.Key], group.Count(), group.Count(i => robust[i])));
}
