using CnnViz.Imaging;
using CnnViz.Networks;
using CnnViz.Objectives;
using CnnViz.Reading;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Synthesis.Maximization;

/// <summary>Makes pictures that drive a class, a neuron, a channel or a layer as far as they can (Erhan et al. 2009, Simonyan et al. 2013).</summary>
public sealed class ClassMaximizer
{
    private const int LargestBatch = 16;
    private const long BatchBytes = 2L << 30;
    private const int GradientOverhead = 3; // gradients, and what a layer rearranges its input into, beside the activations
    private const double SmallestScale = 0.75;
    private const int NamedTitles = 3;

    private readonly CnnModel _model;
    private readonly MaximizationOptions _options;
    private readonly MaximizationTarget[] _targets;
    private readonly MaximizationSettings _settings;
    private readonly Regularization[] _regularization;
    private readonly Octave[] _octaves;
    private readonly int[] _layers;
    private readonly int _batchSize;

    private ClassMaximizer(CnnModel model, MaximizationOptions options)
    {
        (_model, _options) = (model, options);
        _layers = MaximizationTarget.Positions(model, options);
        var size = Size();
        _targets = MaximizationTarget.Of(model, options, _layers, size);
        _settings = MaximizationSettings.Of(options, Math.Min(size.Height, size.Width));
        _regularization = [.. _settings.Regularization.Select(Regularization.Parse)];
        CheckSpace();
        _octaves = Octaves(size);
        options.CheckOctaves(_octaves.Length);
        _batchSize = options.BatchSize ?? (_settings.Optimizer == SynthesisOptimizer.Lbfgs ? 1 : UsualBatch(size));
    }

    /// <summary>Makes the pictures, one for each class, channel, neuron or layer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What is maximised, and how.</param>
    /// <param name="run">Progress, checkpoints, frames and cancellation.</param>
    /// <exception cref="CnnVizException">
    /// <c>ClassUnknown</c>, <c>ClassAmbiguous</c>, <c>LayerNotFound</c>, <c>IndexOutOfRange</c>, <c>ModelWithoutClasses</c>, <c>ArgumentInvalid</c>: the size, the
    /// octaves or another setting; and as <see cref="Run.ToEnd"/>.
    /// </exception>
    public static SynthesisOutcome Make(CnnModel model, MaximizationOptions options, RunOptions run) => new ClassMaximizer(model, options).Make(run);

    /// <summary>Throws what <see cref="Make(CnnModel, MaximizationOptions, RunOptions)"/> would throw before it computes anything.</summary>
    /// <exception cref="CnnVizException">As there.</exception>
    public static void Check(CnnModel model, MaximizationOptions options) => _ = new ClassMaximizer(model, options);

    private SynthesisOutcome Make(RunOptions run)
    {
        using var scope = NewDisposeScope();
        var recipe = Recipe();
        var batches = _targets.Chunk(_batchSize).Select(batch => (Func<ImageStepper>)(() => Stepper(batch))).ToArray();
        using var stepper = new BatchesStepper(Activity(_targets), Identity(recipe), batches);
        return Synthesizer.ToEnd(_model, stepper, [.. _targets.Select(target => target.Subject)], recipe, run);
    }

    private ImageStepper Stepper(MaximizationTarget[] batch)
    {
        Objective[] objectives = [.. batch.Select(target => _regularization.Where(rule => rule.Penalty is not null).Aggregate(target.Objective, (sum, rule) => sum + rule.Penalty!))];
        return new ImageStepper(Activity(batch), _model, Start(batch.Length), new SynthesisPlan
        {
            Objective = objectives is [var only] ? only : new EachOwn(objectives),
            Octaves = _octaves,
            StepSize = _settings.StepSize,
            Optimizer = values => _settings.Optimizer.Create(values, _settings.Momentum, _settings.WeightDecay),
            Transforms = Transforms(),
            GradientFilters = [.. _regularization.Select(rule => rule.Filter).OfType<GradientFilter>()],
            Constraints = [.. _regularization.Select(rule => rule.Constraint).OfType<Constraint>(), .. _settings.Space == PictureSpace.Pixel ? [new Box()] : Array.Empty<Constraint>()],
            IsRaw = _options.Raw,
            MemoryLimit = _options.MemoryLimit,
            Seed = _options.Seed,
            CheckpointInterval = _options.CheckpointInterval,
        });
    }

    /// <summary>All pictures start alike, so that each becomes what it becomes alone.</summary>
    private Parameterization Start(int count)
    {
        var (height, width, channels) = (_octaves[0].Height, _octaves[0].Width, _model.InputShape[0]);
        if (_settings.Space == PictureSpace.Fourier)
        {
            using var generator = new Generator((ulong)_options.Seed);
            return new FourierParameterization(count, channels, height, width, generator, _settings.Decorrelates);
        }
        var start = _options.InitialImage is { } image ? Fitted(image, height, width) : _settings.Start.Make(channels, height, width, _options.Seed);
        var isInput = _options.InitialImage is null ? _settings.Start.IsInput : _options.Raw;
        if (_settings.Space == PictureSpace.Input && !isInput)
            start = Normalized(start);
        var batch = new CnnTensor([.. Enumerable.Repeat(start.Data, count).SelectMany(values => values)], [count, .. start.Shape], "NCHW");
        return new PixelParameterization(batch, space: _settings.Space == PictureSpace.Input && !_options.Raw ? _model.Preprocessing : null);
    }

    private CnnTensor Normalized(CnnTensor pixels)
    {
        using var scope = NewDisposeScope();
        return TensorTransfer.ToManaged(_model.Preprocessing.Normalize(TensorTransfer.ToNative(pixels).unsqueeze(0)).squeeze(0), "CHW");
    }

    /// <summary>The middle of a picture at a size, as much of it as fits; raw inputs are of their size already.</summary>
    private CnnTensor Fitted(CnnImage image, int height, int width)
    {
        if (_options.Raw)
            return ImageResize.Resize((CnnTensor)image, height, width);
        var colored = NetworkInput.InColorsOf(_model, image);
        var factor = Math.Max((double)height / image.Height, (double)width / image.Width);
        var covering = ImageResize.Resize(colored, (int)Math.Round(image.Height * factor), (int)Math.Round(image.Width * factor));
        return ImageResize.CenterCrop(covering, height, width);
    }

    private IReadOnlyList<PictureTransform> Transforms() =>
        _settings.Transforms.Any(transform => transform is not RollJitter) && (HasPlace || !Takes((int)(_octaves[0].Height * SmallestScale), (int)(_octaves[0].Width * SmallestScale)))
            ? [new SameSize(_settings.Transforms)]
            : _settings.Transforms;

    /// <summary>A place in a layer means another part of the picture where the size is another.</summary>
    private bool HasPlace => _options.Neuron.Count > 1;

    private PictureSize Size()
    {
        var (height, width) = (_model.InputShape[1], _model.InputShape[2]);
        var preset = MaximizationPresets.Of(_options, Math.Min(height, width));
        var size = _options.Size ?? (_options is { Raw: true, InitialImage: { } input } ? new PictureSize(input.Width, input.Height)
            : preset.Side is { } side && Takes(side, side) ? side : new PictureSize(width, height));
        if (Takes(size.Height, size.Width))
            return size;
        var smallest = SmallestSide();
        throw Errors.ArgumentInvalid(nameof(_options.Size), size, Takes(2 * smallest, 2 * smallest)
            ? $"{smallest}x{smallest} or more, which is what {_model.Name} can take"
            : $"{width}x{height}, because {_model.Name} takes no other size there");
    }

    private Octave[] Octaves(PictureSize size)
    {
        if (_options.Octave is > 1 && HasPlace)
            throw Errors.ArgumentInvalid(nameof(_options.Octave), _options.Octave, "1, for a neuron with row and column is at another place of the picture at every size");
        var smallest = SmallestSide();
        if (_options.Octave is { } wanted)
            return Octave.Series(size.Height, size.Width, wanted, _settings.OctaveScale, _settings.Step, smallest);
        // A preset's sizes that would be too small for this network are left out, and their steps done at the others.
        var count = HasPlace || !Takes(size.Height + 1, size.Width + 1) ? 1 : _settings.Octave;
        while (count > 1 && Math.Round(Math.Min(size.Height, size.Width) * Math.Pow(_settings.OctaveScale, 1 - count)) < smallest)
            count--;
        var steps = _options.Step ?? _settings.Step * _settings.Octave / count;
        return Octave.Series(size.Height, size.Width, count, _settings.OctaveScale, steps, smallest);
    }

    private void CheckSpace()
    {
        if (_settings.Space != PictureSpace.Fourier)
        {
            if (_options.Raw && _settings.Space == PictureSpace.Pixel)
                throw Errors.ArgumentInvalid(nameof(_options.Parameterization), _settings.Space, "Input: with -Raw the network's input is what is made, and no pixels");
            if (_options.Decorrelate == true)
                throw Errors.ArgumentInvalid(nameof(_options.Decorrelate), true, "the parameterization Fourier with it: only a spectrum has decorrelated colours");
            return;
        }
        if (_options.Raw)
            throw Errors.ArgumentInvalid(nameof(_options.Raw), true, "no spectrum: that always means pixels; take the parameterization Input");
        if (_options.InitialImage is not null)
            throw Errors.ArgumentInvalid(nameof(_options.InitialImage), _options.InitialImage.Source ?? "a picture", "no spectrum: that starts from noise; take the parameterization Pixel");
        if (Array.FindIndex(_regularization, rule => rule.NeedsPixels) is >= 0 and var index)
            throw Errors.ArgumentInvalid(nameof(_options.Regularization), _settings.Regularization[index], "l2, linf, tv or unitnorm: a spectrum has no neighbouring pixels; or take the parameterization Pixel");
    }

    /// <summary>Whether all layers that are asked for have values for a picture of that size; behind the deepest of them nothing is computed.</summary>
    private bool Takes(int height, int width)
    {
        try
        {
            return _layers.All(layer => IsRight(NetworkAnalysis.OutputShapes(_model.Network, [_model.InputShape[0], height, width], layer)[layer]));
        }
        catch (CnnVizException)
        {
            return false;
        }

        bool IsRight(int[] shape) => _options.Class.Count == 0
            ? shape.All(extent => extent > 0)
            : shape.Aggregate(1, (product, extent) => product * extent) == _model.ClassCount;
    }

    private int SmallestSide() => NetworkAnalysis.SmallestSide(_model.Network, side => Takes(side, side));

    /// <summary>The same on every machine, because batches are part of what a checkpoint is compared by; fewer where the limit of memory is small.</summary>
    private int UsualBatch(PictureSize size)
    {
        var shapes = NetworkAnalysis.OutputShapes(_model.Network, [_model.InputShape[0], size.Height, size.Width], _layers.Max());
        var bytes = shapes.Take(_layers.Max() + 1).Sum(shape => shape.Aggregate((long)sizeof(float), (product, extent) => product * extent));
        var most = _options.MemoryLimit is { } limit ? Math.Min(BatchBytes, StepMemory.LeftForPasses(_model, limit)) : BatchBytes;
        return (int)Math.Clamp(most / (GradientOverhead * bytes), 1, LargestBatch);
    }

    private static string Activity(MaximizationTarget[] targets) => targets.Length <= NamedTitles
        ? $"Maximising {string.Join(", ", targets.Select(target => target.Subject.Title))}"
        : $"Maximising {targets.Length} pictures, {targets[0].Subject.Title} to {targets[^1].Subject.Title}";

    private Recipe Recipe() => Recipes.Of("Invoke-ClassMaximization", [_model], Math.Min(_batchSize, _targets.Length), _options with
    {
        Score = _options.Class.Count > 0 ? MaximizationPresets.ScoreOf(_options) : null,
        Size = new PictureSize(_octaves[^1].Width, _octaves[^1].Height),
        Step = _octaves[0].Steps,
        StepSize = _settings.StepSize,
        Optimizer = _settings.Optimizer,
        Momentum = _settings.Optimizer == SynthesisOptimizer.Sgd ? _settings.Momentum : null,
        WeightDecay = _settings.WeightDecay,
        Octave = _octaves.Length,
        OctaveScale = _octaves.Length > 1 ? _settings.OctaveScale : null,
        Parameterization = _settings.Space,
        Decorrelate = _settings.Space == PictureSpace.Fourier ? _settings.Decorrelates : null,
        Regularization = _settings.Regularization,
        BatchSize = _batchSize,
    });

    /// <summary>What tells this run from others beside what each batch knows of itself; how often its state is written, and in how many parts a step is computed, does not.</summary>
    private static Dictionary<string, string> Identity(Recipe recipe) => recipe.Parameters
        .Where(parameter => parameter.Key is not (nameof(MaximizationOptions.CheckpointInterval) or nameof(MaximizationOptions.MemoryLimit)))
        .Concat(recipe.Inputs.Where(input => input.Name == nameof(MaximizationOptions.InitialImage)).Select(input => KeyValuePair.Create(input.Name, input.Sha256!)))
        .ToDictionary(StringComparer.Ordinal);
}
