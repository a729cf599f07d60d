using CnnViz.Imaging;
using CnnViz.Networks;
using CnnViz.Objectives;
using CnnViz.Reading;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Synthesis.Dreaming;

/// <summary>Lets a network see more of what it sees in a picture: the picture changes until layers of the network are as active as can be (Mordvintsev et al. 2015).</summary>
public static class DeepDreamer
{
    private const string Operation = "Invoke-DeepDream";

    /// <summary>Dreams. The picture keeps its own size and shape unless told; grey becomes colour, or colour grey, as the network has it.</summary>
    /// <param name="model">The network.</param>
    /// <param name="image">The picture.</param>
    /// <param name="options">What is dreamed of, and how.</param>
    /// <param name="run">Progress, checkpoints, frames and cancellation.</param>
    /// <exception cref="CnnVizException">As <see cref="Check"/>; <c>OctaveTooSmall</c>, <c>ImageNotFinite</c>, <c>CheckpointMismatch</c>, <c>OutputUnwritable</c>.</exception>
    public static SynthesisOutcome Make(CnnModel model, CnnImage image, DreamOptions options, RunOptions run)
    {
        var layers = Check(model, options);
        var settings = Settings(options);
        var picture = Fitted(NetworkInput.InColorsOf(model, image), options.Size);
        var octaves = Octaves(model, layers, picture, settings);
        var optimizer = options.Optimizer ?? SynthesisOptimizer.Sgd;
        var limit = options.ScoreLimit ?? (layers.IsKerasExample ? DreamSettings.KerasLimit : double.PositiveInfinity);
        using var stepper = new ImageStepper("Deep dream", model, Pixels(model, picture, options, settings, octaves), new SynthesisPlan
        {
            Objective = Objective(model, layers, options, settings),
            Octaves = [.. Enumerable.Repeat(octaves, options.Zoom).SelectMany(frame => frame)],
            StepSize = settings.StepSize,
            Optimizer = values => optimizer.Create(values, weightDecay: settings.WeightDecay),
            Transforms = settings.Jitter == 0 ? [] : [new RollJitter(settings.Jitter)],
            GradientFilters = settings.IsPlainDescent ? [] : [new UnitNorm()],
            Constraints = settings.IsPlainDescent ? [] : [new Box()],
            ScoreLimit = limit,
            MemoryLimit = options.MemoryLimit,
            Seed = options.Seed,
            CheckpointInterval = options.CheckpointInterval,
        });
        var subject = new SynthesisSubject($"dream of {layers.Names}", null, layers.Names, options.Channel.Count == 1 ? options.Channel[0] : null, image.Source);
        return Synthesizer.ToEnd(model, stepper, [subject], Recipe(model, image, layers, options, settings, optimizer, limit), run);
    }

    /// <summary>Throws where the network cannot dream so, before any picture is read.</summary>
    /// <returns>The layers, and why where they were chosen here.</returns>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>, <c>IndexOutOfRange</c>: a channel; <c>ArgumentInvalid</c>.</exception>
    public static DreamLayers Check(CnnModel model, DreamOptions options)
    {
        options.Check();
        Require(options.Zoom >= 1, nameof(options.Zoom), options.Zoom, "at least 1 frame");
        Require(options.ZoomFactor is > 0 and <= 10, nameof(options.ZoomFactor), options.ZoomFactor, "a factor above 0, up to 10");
        Require(options.Zoom > 1 || options.ZoomFactor == new DreamOptions().ZoomFactor, nameof(options.ZoomFactor), options.ZoomFactor, "to be left out without -Zoom, which makes a journey");
        Require(options.Zoom > 1 || options.ZoomAngle == 0, nameof(options.ZoomAngle), options.ZoomAngle, "to be left out without -Zoom, which makes a journey");
        options.CheckOctaves(Settings(options).Octave);
        Require(options.StepSize is null || (options.StepSize >= 0 && double.IsFinite(options.StepSize.Value)), nameof(options.StepSize), options.StepSize, "0 or more");
        Require(options.Jitter is null or >= 0, nameof(options.Jitter), options.Jitter, "a number of pixels, or 0 for none");
        Require(options.Guide is null || options.Channel.Count == 0, nameof(options.Channel), string.Join(',', options.Channel), "to be left out with -Guide, which says itself what counts");
        return DreamLayers.Make(model.Network, options);
    }

    /// <summary>The steps of one frame of a journey into a picture.</summary>
    public static int StepsOfFrame(DreamOptions options) => Settings(options) is var settings ? settings.Step * settings.Octave : 0;

    private static void Require(bool isMet, string name, object? value, string expected)
    {
        if (!isMet)
            throw Errors.ArgumentInvalid(name, value, expected);
    }

    private static DreamSettings Settings(DreamOptions options)
    {
        var preset = DreamSettings.Of(options.Preset);
        return preset with
        {
            Step = options.Step ?? preset.Step,
            StepSize = options.StepSize ?? preset.StepSize,
            Octave = options.Octave ?? preset.Octave,
            OctaveScale = options.OctaveScale ?? preset.OctaveScale,
            Jitter = options.Jitter ?? preset.Jitter,
        };
    }

    /// <summary>The picture as large as fits into a size, its shape kept.</summary>
    private static CnnImage Fitted(CnnImage image, PictureSize? size)
    {
        if (size is not { } box)
            return image;
        var factor = Math.Min((double)box.Width / image.Width, (double)box.Height / image.Height);
        return ImageResize.Resize(image, Math.Max(1, (int)Math.Round(image.Height * factor)), Math.Max(1, (int)Math.Round(image.Width * factor)));
    }

    private static Octave[] Octaves(CnnModel model, DreamLayers layers, CnnImage picture, DreamSettings settings)
    {
        var octaves = Octave.Series(picture.Height, picture.Width, settings.Octave, settings.OctaveScale, settings.Step, smallest: 0);
        var needed = NetworkAnalysis.Needed(model.Network, [.. layers.Weights.Select(pair => model.Network.Position(pair.Layer))]);
        foreach (var octave in octaves)
        {
            if (!NetworkAnalysis.Reaches(model.Network, needed, octave.Height, octave.Width))
                throw Errors.OctaveTooSmall(
                    picture.Source ?? "The picture", (picture.Width, picture.Height), settings.Octave, settings.OctaveScale, (octave.Width, octave.Height), layers.Names, model.Name,
                    NetworkAnalysis.SmallestSide(model.Network, needed));
        }
        return octaves;
    }

    private static PixelParameterization Pixels(CnnModel model, CnnImage picture, DreamOptions options, DreamSettings settings, Octave[] octaves)
    {
        var space = settings.IsPlainDescent ? model.Preprocessing : null;
        var original = space is null ? picture : Normalized(space, picture);
        var small = ImageResize.Resize(original, octaves[0].Height, octaves[0].Width);
        var start = new CnnTensor(small.Data, [1, .. small.Shape], "NCHW");
        return options.Zoom == 1
            ? new PixelParameterization(start, original, space)
            : new ZoomingPixels(start, original, space, octaves.Length, options.ZoomFactor, options.ZoomAngle);
    }

    private static CnnTensor Normalized(Preprocessing preprocessing, CnnImage picture)
    {
        using var scope = NewDisposeScope();
        return TensorTransfer.ToManaged(preprocessing.Normalize(TensorTransfer.ToNative(picture).unsqueeze(0)).squeeze(0), "CHW");
    }

    private static Objective Objective(CnnModel model, DreamLayers layers, DreamOptions options, DreamSettings settings)
    {
        var guides = options.Guide is null ? null : Features(model, layers, NetworkInput.InColorsOf(model, options.Guide));
        var terms = layers.Weights.Select((pair, i) => (pair.Weight, guides is null
            ? (Objective)new LayerObjective(pair.Layer, settings.Measure) { Channels = options.Channel }
            : new GuideObjective(pair.Layer, guides[i]))).ToArray();
        return terms is [(1, var only)] ? only : new WeightedSum(terms);
    }

    /// <summary>What the layers make of a guide that is about as large as the network's own pictures, all of it.</summary>
    private static CnnTensor[] Features(CnnModel model, DreamLayers layers, CnnImage guide)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var sized = ImageResize.ResizeShorterSide(guide, Math.Min(model.InputShape[1], model.InputShape[2]));
        var input = model.Preprocessing.Normalize(TensorTransfer.ToNative(sized, device(model.Device)).unsqueeze(0)).to(model.DataType);
        int[] positions = [.. layers.Weights.Select(pair => model.Network.Position(pair.Layer))];
        var shapes = NetworkAnalysis.OutputShapes(model.Network, sized.Shape, positions);
        var row = Array.Find(positions, position => shapes[position].Length == 1);
        var reason = $"layers with maps; '{model.Network.Nodes[row].Name}' has no positions";
        Require(row == 0, nameof(DreamOptions.Guide), guide.Source, reason);
        return [.. model.Answering().Run(input, positions).Select(features => TensorTransfer.ToManaged(features.squeeze(0)))];
    }

    private static Recipe Recipe(
        CnnModel model, CnnImage image, DreamLayers layers, DreamOptions options, DreamSettings settings, SynthesisOptimizer optimizer, double limit) => Recipes.Of(
        Operation, [model], 1,
        options with
        {
            Layer = [.. layers.Weights.Select(pair => pair.Layer)],
            LayerWeight = [.. layers.Weights.Select(pair => pair.Weight)],
            Step = settings.Step,
            StepSize = settings.StepSize,
            Octave = settings.Octave,
            OctaveScale = settings.Octave > 1 ? settings.OctaveScale : null,
            Jitter = settings.Jitter,
            Optimizer = optimizer,
            ScoreLimit = double.IsPositiveInfinity(limit) ? null : limit,
        },
        Recipes.Input("Image", image));
}
