using CnnViz.Imaging;
using CnnViz.Networks;
using CnnViz.Objectives;
using CnnViz.Reading;
using CnnViz.Running;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Synthesis.Style;

/// <summary>
/// Paints a picture's content in the style of others (Gatys, Ecker and Bethge 2015): its maps in deep layers are held where the content's are, while the Gram
/// matrices of layers of all depths come to be the style's.
/// </summary>
public static class StyleTransfer
{
    private const int UsualSide = 512;
    private const double AdamDecay = 0.98;
    private const double AdamStep = 0.02;
    private const float NoiseDeviation = 0.1f;

    /// <summary>Paints.</summary>
    /// <param name="model">The network.</param>
    /// <param name="content">The content, of any size.</param>
    /// <param name="styles">The styles, of any size.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="run">Progress, checkpoints, frames and cancellation.</param>
    /// <param name="message">Is told in sentences what was chosen and what was resized.</param>
    /// <exception cref="CnnVizException">As <see cref="Check"/>; <c>ImageTooSmall</c>, <c>ImageNotFinite</c>, <c>MemoryInsufficient</c>, and as <see cref="Run.ToEnd"/>.</exception>
    public static SynthesisOutcome Make(
        CnnModel model, CnnImage content, IReadOnlyList<CnnImage> styles, StyleOptions options, RunOptions run, Action<string>? message = null)
    {
        Check(model, styles.Count, options);
        var given = options;
        var form = StyleForm.Of(options.Preset);
        var pooling = options.Pooling ?? form.Pooling;
        var network = model.Network.With(pooling);
        var layers = StyleLayers.Of(network, options);
        if (layers.Reason is { } reason)
            message?.Invoke($"{model.Name}: content of {string.Join(", ", layers.Content)}, style of {string.Join(", ", layers.Style.Select(layer => layer.Layer))}: {reason}.");
        var (subject, painters) = (ForModel(model, content, message), styles.Select(style => ForModel(model, style, message)).ToArray());
        options = options with { Mask = [.. options.Mask.Select((mask, i) => AsMask(mask, i, content, message))] };
        var sizes = Sizes(model, content, options, options.Step ?? form.Steps);
        var needed = NetworkAnalysis.Needed(network, [.. layers.Content.Concat(layers.Style.Select(layer => layer.Layer)).Select(network.Position)]);
        CheckSize(model, network, needed, content, sizes);
        var optimizer = options.Optimizer ?? SynthesisOptimizer.Lbfgs;
        CheckMemory(model, network, layers, sizes.MaxBy(size => (long)size.Height * size.Width)!, Create, options);
        var stepSize = options.StepSize ?? (optimizer == SynthesisOptimizer.Lbfgs ? 1 : AdamStep);
        var decay = options.AverageDecay ?? (optimizer == SynthesisOptimizer.Adam ? AdamDecay : 0);
        var weights = Weights(form, options);
        var log = new TermLog();
        using var limited = options.MemoryLimit is null ? null : FreedMemory.ReturnAtOnce();
        using var targets = new StyleTargets(model, model.Interpreter().With(network), layers, form, options.MemoryLimit, run.Cancellation);
        Octave[] octaves = [.. sizes.Select(size => size with { Objective = targets.At(size.Height, size.Width, subject, painters, options, weights, log) })];
        using var stepper = new ImageStepper($"Painting {Name(content)} in the style of {Names(styles)}", model, Start(model, subject, octaves[0], options, form), new SynthesisPlan
        {
            Objective = octaves[^1].Objective!,
            Octaves = octaves,
            StepSize = stepSize,
            Optimizer = Create,
            CarriesOptimizer = true,
            Constraints = [new Box()],
            Pooling = pooling,
            AverageDecay = decay > 0 ? decay : null,
            Finish = options.PreserveColor ? new ContentColor(subject).Apply : null,
            Terms = log,
            MemoryLimit = options.MemoryLimit,
            Seed = options.Seed,
            CheckpointInterval = options.CheckpointInterval,
        });
        var title = options.Title ?? $"{Name(content)} in the style of {Names(styles)}";
        var settled = given with
        {
            ContentWeight = weights.Content,
            StyleWeight = weights.Style,
            TotalVariationWeight = weights.Variation,
            ContentLayer = layers.Content,
            StyleLayer = layers.Style,
            Pooling = pooling,
            // A size or octaves that were asked for round each size by itself, and are left as they are.
            Scale = options is { Size: null, Octave: null, OctaveScale: null } ? [.. octaves.Select(octave => Math.Max(octave.Height, octave.Width))] : options.Scale,
            Step = octaves[0].Steps,
            StepSize = stepSize,
            Optimizer = optimizer,
            AverageDecay = decay,
            Initialization = options.InitialImage is null ? options.Initialization ?? form.Start : null,
        };
        var recipe = Recipes.Of(
            "Invoke-StyleTransfer", [model], 1, settled, [Recipes.Input("Content", content), .. styles.Select(style => Recipes.Input("Style", style))]);
        return Synthesizer.ToEnd(model, stepper, [new SynthesisSubject(title, Source: content.Source)], recipe, run);

        Optimizer Create(Tensor values) =>
            optimizer == SynthesisOptimizer.Lbfgs ? new LimitedMemoryBfgs(values) { HasLineSearch = true, History = 10 } : optimizer.Create(values);
    }

    /// <summary>Throws where a style transfer cannot be, before any picture is read.</summary>
    /// <param name="model">The network.</param>
    /// <param name="styleCount">How many styles there are.</param>
    /// <param name="options">What is wanted.</param>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>, <c>ArgumentInvalid</c>.</exception>
    public static void Check(CnnModel model, int styleCount, StyleOptions options)
    {
        options.Check();
        if (options.Scale.Count == 0)
            options.CheckOctaves(options.Octave ?? 1);
        if (options.Initialization is { } start && options.InitialImage is not null)
            throw Errors.ArgumentInvalid(nameof(options.Initialization), start, "to be left out with -InitialImage, which is what it starts from");
        StyleLayers.Of(model.Network, options);
        if (styleCount == 0)
            throw Errors.ArgumentInvalid("Style", "", "at least one picture");
        if (options.StyleBlend.Count > 0 && options.StyleBlend.Count != styleCount)
            throw Errors.ArgumentInvalid(nameof(options.StyleBlend), string.Join(',', options.StyleBlend), $"as many numbers as there are styles: {styleCount}");
        if (options.StyleBlend.Count > 0 && (options.StyleBlend.Any(part => !(part >= 0 && double.IsFinite(part))) || options.StyleBlend.Sum() == 0))
            throw Errors.ArgumentInvalid(nameof(options.StyleBlend), string.Join(',', options.StyleBlend), "numbers of 0 or more, not all 0");
        if (options.Mask.Count > 0 && options.Mask.Count != styleCount)
            throw Errors.ArgumentInvalid(nameof(options.Mask), $"{options.Mask.Count} pictures", $"as many masks as there are styles: {styleCount}");
        Require(nameof(options.StyleWeight), options.StyleWeight, isZeroFine: true);
        Require(nameof(options.ContentWeight), options.ContentWeight, isZeroFine: true);
        Require(nameof(options.TotalVariationWeight), options.TotalVariationWeight, isZeroFine: true);
        Require(nameof(options.StepSize), options.StepSize, isZeroFine: false);
        Require(nameof(options.StyleScale), options.StyleScale, isZeroFine: false);
        if (options.AverageDecay is { } decay && decay is not (>= 0 and < 1))
            throw Errors.ArgumentInvalid(nameof(options.AverageDecay), decay, "a number from 0 to below 1");
        if (options.Scale.Any(side => side < 1))
            throw Errors.ArgumentInvalid(nameof(options.Scale), string.Join(',', options.Scale), "sides of 1 pixel or more");
        if (options.Scale.Count > 0 && (options.Size is not null || options.Octave is not null || options.OctaveScale is not null))
            throw Errors.ArgumentInvalid(nameof(options.Scale), string.Join(',', options.Scale), "to stand without -Size, -Octave and -OctaveScale, which say the sizes in another way");
        var (content, style, _) = Weights(StyleForm.Of(options.Preset), options);
        if (content == 0 && style == 0)
            throw Errors.ArgumentInvalid(nameof(options.StyleWeight), style, "more than 0 where the weight of the content is 0, or there is nothing to paint");

        static void Require(string name, double? value, bool isZeroFine)
        {
            if (value is { } number && !(double.IsFinite(number) && (number > 0 || (isZeroFine && number == 0))))
                throw Errors.ArgumentInvalid(name, value, isZeroFine ? "a number of 0 or more" : "a number above 0");
        }
    }

    private static (double Content, double Style, double Variation) Weights(StyleForm form, StyleOptions options) =>
        (options.ContentWeight ?? form.ContentWeight, options.StyleWeight ?? form.StyleWeight, options.TotalVariationWeight ?? form.TotalVariationWeight);

    /// <summary>The sizes that are worked at; the content's shape is kept.</summary>
    private static Octave[] Sizes(CnnModel model, CnnImage content, StyleOptions options, int steps)
    {
        if (options.Scale.Count > 0)
            return [.. options.Scale.Select(side => Fit(content, side, side, steps))];
        var usual = Math.Min(UsualSide, Math.Max(content.Height, content.Width));
        var last = Fit(content, options.Size?.Width ?? usual, options.Size?.Height ?? usual, steps);
        return Octave.Series(last.Height, last.Width, options.Octave ?? 1, options.OctaveScale ?? Math.Sqrt(2), steps, 1);
    }

    private static Octave Fit(CnnImage content, int width, int height, int steps)
    {
        var factor = Math.Min((double)width / content.Width, (double)height / content.Height);
        return new Octave(Math.Max(1, (int)Math.Round(content.Height * factor)), Math.Max(1, (int)Math.Round(content.Width * factor)), steps);
    }

    private static void CheckSize(CnnModel model, Network network, bool[] needed, CnnImage content, Octave[] sizes)
    {
        var smallest = sizes.MinBy(size => Math.Min(size.Height, size.Width))!;
        if (NetworkAnalysis.SmallestSide(network, needed) is var side && Math.Min(smallest.Height, smallest.Width) < side)
            throw Errors.ImageTooSmallForLayer(content.Source ?? "The content", $"{smallest.Width}x{smallest.Height}", model.Name, network.Nodes[Array.FindLastIndex(needed, isNeeded => isNeeded)].Name, side);
    }

    /// <summary>A step is what takes the most, and content and styles are looked at before the first: what does not fit is told before that.</summary>
    private static void CheckMemory(CnnModel model, Network network, StyleLayers layers, Octave size, Func<Tensor, Optimizer> optimizer, StyleOptions options)
    {
        using var nothing = zeros([1]);
        using var sample = optimizer(nothing);
        string[] all = [.. layers.Content, .. layers.Style.Select(layer => layer.Layer)];
        var seen = new WeightedSum([.. all.Distinct().Select(layer => (1.0, (Objective)new ContentObjective(layer, nothing, 1)))]);
        new StepMemory(model, model.Interpreter().With(network), seen, options.MemoryLimit, sample.StateCount).Plan(1, size.Height, size.Width);
    }

    private static CnnImage ForModel(CnnModel model, CnnImage picture, Action<string>? message)
    {
        if (picture.ChannelCount != model.Preprocessing.ChannelCount)
        {
            message?.Invoke(model.Preprocessing.ChannelCount == 1
                ? $"{Name(picture)}: in colour, and {model.Name} takes grey: its luma is used."
                : $"{Name(picture)}: grey, and {model.Name} takes colour: it becomes three equal channels.");
        }
        return NetworkInput.InColorsOf(model, picture);
    }

    private static CnnImage AsMask(CnnImage mask, int index, CnnImage content, Action<string>? message)
    {
        var grey = mask.ChannelCount == 1 ? mask : ImageConversion.ToGrey(mask);
        if (!(grey.Data.Max() > 0))
            throw Errors.ArgumentInvalid("Mask", Name(mask), "white somewhere: it is where its style is to be");
        if (grey.Height != content.Height || grey.Width != content.Width)
            message?.Invoke($"Mask {index + 1} is {grey.Width}x{grey.Height} and the content {content.Width}x{content.Height}: it is resized.");
        return grey;
    }

    private static PixelParameterization Start(CnnModel model, CnnImage content, Octave first, StyleOptions options, StyleForm form)
    {
        var start = options.InitialImage is { } own ? ForModel(model, own, null)
            : (options.Initialization ?? form.Start) == StyleStart.Content ? content
            : Noise(content.ChannelCount, first, options.Seed);
        var sized = ImageResize.Resize(start, first.Height, first.Width, Interpolation.Bicubic);
        return new PixelParameterization(new CnnTensor(sized.Data, [1, .. sized.Shape], "NCHW"));
    }

    private static CnnImage Noise(int channels, Octave size, long seed)
    {
        var random = new SplitMix64((ulong)seed);
        var data = new float[channels * size.Height * size.Width];
        for (var i = 0; i < data.Length; i++)
            data[i] = Math.Clamp(0.5f + NoiseDeviation * random.NextBell(), 0, 1);
        return new CnnImage(data, channels, size.Height, size.Width);
    }

    private static string Names(IReadOnlyList<CnnImage> pictures) => string.Join(" and ", pictures.Select(Name));

    private static string Name(CnnImage picture) =>
        picture.Label ?? (picture.Source is { } source ? Path.GetFileNameWithoutExtension(source) is { Length: > 0 } name ? name : source : "a picture");
}
