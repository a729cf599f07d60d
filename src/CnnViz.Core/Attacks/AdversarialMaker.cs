using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CnnViz.Imaging;
using CnnViz.Networks.Labels;
using CnnViz.Reading;
using CnnViz.Running;
using CnnViz.Training;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// Makes adversarial examples and judges them honestly: the clean picture has whole 8-bit levels, the changed one is saved as a PNG, read back and predicted
/// again, and every figure is of that.
/// </summary>
public static class AdversarialMaker
{
    private const string RandomTarget = "Random";

    /// <summary>Attacks pictures together.</summary>
    /// <param name="models">The networks, all of which are to be fooled at once; answers and labels are the first one's.</param>
    /// <param name="images">The pictures; at full size all of one size.</param>
    /// <param name="options">How.</param>
    /// <param name="run">Progress, checkpoint and cancellation.</param>
    /// <exception cref="CnnVizException">As <see cref="Check"/>; <c>ShapeMismatch</c>, <c>ImageNotFinite</c>.</exception>
    public static AttackOutcome Make(IReadOnlyList<CnnModel> models, IReadOnlyList<CnnImage> images, AttackOptions options, RunOptions run)
    {
        Check(models, options);
        var model = models[0];
        CnnImage[] clean = [.. images.Select(image => Rounded(model, image, options))];
        var before = Predict(model, clean, model.ClassCount);
        var others = models.Skip(1).Select(other => (Model: other, Answers: Predict(other, clean, 1))).ToArray();
        var failures = new List<(int, CnnVizException)>();
        var chosen = new List<(int Picture, int Class)>();
        for (var i = 0; i < images.Count; i++)
        {
            try
            {
                var goal = Goal(model, clean[i], before[i], options);
                foreach (var (other, answers) in others)
                    CheckAgrees(other, clean[i], goal, answers[i][0], options);
                chosen.Add((i, goal));
            }
            catch (CnnVizException refused)
            {
                failures.Add((i, refused));
            }
        }
        if (chosen.Count == 0)
            return new AttackOutcome([], failures, IsComplete: true);
        CheckReach(options, clean[0].Count);
        using var scope = NewDisposeScope();
        using var view = options.FullSize ? new ResizedView(model.Preprocessing, clean[0].Height, clean[0].Width, device(model.Device)) : null;
        using var problem = new AttackProblem(
            models, Batch([.. chosen.Select(goal => clean[goal.Picture])]), [.. chosen.Select(goal => goal.Class)], options.Target is not null)
        {
            Norm = options.Method.IsMinimal() ? AttackNorm.L2 : options.Norm,
            Epsilon = options.Epsilon,
            Seed = options.Seed,
            View = view is null ? null : view.Apply,
        };
        using var stepper = AttackMethods.Create(options, problem);
        var isComplete = Run.ToEnd(stepper, run);
        var recipe = Recipes.Of("New-AdversarialExample", models, chosen.Count, options);
        if (models.Count > 1)
            recipe = recipe.And("Models", string.Join(',', models.Select(one => one.Name)));
        CnnImage[] saved = [.. Verified.Best(problem, stepper.Candidates, isBounded: !options.Method.IsMinimal())
            .Select((pixels, i) => Saved(pixels, clean[chosen[i].Picture], recipe.OfImage(Prepared(model, images[chosen[i].Picture], options), i)))];
        var after = models.Select(judge => Predict(judge, saved, 1)).ToArray();
        // One that was stopped is to end soon.
        var varied = isComplete ? Verified.UnderTransformations(problem, saved, Augmentation.Parse(options.Transformation), options.TrialCount) : null;
        var compressed = options.JpegQuality is { } quality ? Predict(model, Array.ConvertAll(saved, picture => ThroughJpeg(picture, quality)), 1) : null;
        return new AttackOutcome(
            [
                .. chosen.Select((goal, i) =>
                {
                    bool[] errs = [.. after.Select(answers => Errs(answers[i][0].Class, goal.Class, problem.IsTargeted))];
                    var original = OwnClass(model, clean[goal.Picture]) ?? before[goal.Picture][0].Class;
                    return Example(clean[goal.Picture], saved[i]) with
                    {
                        Class = original,
                        Label = model.Labels[original],
                        Method = options.Method,
                        Success = errs.All(err => err),
                        Epsilon = options.Method.IsMinimal() ? null : options.Epsilon,
                        Norm = problem.Norm,
                        Target = problem.IsTargeted ? goal.Class : null,
                        TargetLabel = problem.IsTargeted ? model.Labels[goal.Class] : null,
                        Before = before[goal.Picture][0],
                        After = after[0][i][0],
                        SuccessAfterJpeg = compressed is null ? null : Errs(compressed[i][0].Class, goal.Class, problem.IsTargeted),
                        TransformedSuccess = varied?[i],
                        ModelSuccess = models.Count > 1 ? errs : [],
                        Steps = stepper.CompletedSteps,
                        Warnings = stepper.IsMasked is { Count: > 0 } masked && masked[i] ? [GradientMasked] : [],
                        Model = model,
                        Recipe = saved[i].Recipe!,
                    };
                }),
            ],
            failures, isComplete);
    }

    /// <summary>Throws where the models cannot be asked for what is wanted, before any picture is read.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>, <c>ModelWithoutClasses</c>, <c>ClassUnknown</c>, <c>ClassAmbiguous</c>, <c>IndexOutOfRange</c>, <c>ModelsDiffer</c>.</exception>
    public static void Check(IReadOnlyList<CnnModel> models, AttackOptions options)
    {
        var model = models[0];
        foreach (var other in models)
        {
            if (!other.Network.HasClasses)
                throw Errors.ModelWithoutClasses(other.Name, other.Network.Nodes[^1].Name);
            if (!other.Labels.SequenceEqual(model.Labels))
                throw Errors.ModelsDiffer(model.Name, other.Name, "their classes are not the same");
            if (!other.Preprocessing.GivesSamePixelsAs(model.Preprocessing))
                throw Errors.ModelsDiffer(model.Name, other.Name, "they take pictures of other sizes");
        }
        if (options.Preprocessing == PreprocessingMode.Raw)
            throw Errors.ArgumentInvalid(nameof(options.Preprocessing), options.Preprocessing, "pictures in [0,1]: attacks change pixels, as files keep them");
        if (!(options.Epsilon > 0 && options.Epsilon <= 1) && options.Norm == AttackNorm.Linf)
            throw Errors.ArgumentInvalid(nameof(options.Epsilon), options.Epsilon, "above 0 and at most 1, of pixels in [0,1], such as 8/255");
        if (!(options.Epsilon > 0) || !double.IsFinite(options.Epsilon))
            throw Errors.ArgumentInvalid(nameof(options.Epsilon), options.Epsilon, "above 0");
        if (options.Norm == AttackNorm.Linf && !options.Method.IsMinimal() && EightBits.LevelsOf(options.Epsilon) == 0)
            throw Errors.ArgumentInvalid(nameof(options.Epsilon), options.Epsilon, "at least 1/255: a smaller change does not survive a file of 8 bits");
        if (!options.FullSize)
            CheckReach(options, model.InputShape.Aggregate(1, (product, extent) => product * extent));
        else if (options.Preprocessing == PreprocessingMode.None)
            throw Errors.ArgumentInvalid(nameof(options.FullSize), options.FullSize, $"to be left out with {PreprocessingMode.None}, which neither resizes nor crops");
        CheckNumbers(options);
        if (options.Target is { } target && !IsRandom(target))
            _ = ClassSelector.Parse(target, model);
        _ = Augmentation.Parse(options.Transformation);
    }

    /// <summary>No picture is further from another than from black to white.</summary>
    private static void CheckReach(AttackOptions options, int valueCount)
    {
        if (options.Norm == AttackNorm.L2 && !options.Method.IsMinimal() && options.Epsilon > Math.Sqrt(valueCount))
            throw Errors.ArgumentInvalid(nameof(options.Epsilon), options.Epsilon, FormattableString.Invariant($"at most {Math.Sqrt(valueCount):0.#}, by which a picture of {valueCount} values goes from black to white"));
    }

    private static void CheckNumbers(AttackOptions options)
    {
        (string Name, double? Value, double Least, double Most)[] numbers =
        [
            (nameof(options.Step), options.Step, 1, int.MaxValue), (nameof(options.StepSize), options.StepSize, double.Epsilon, double.MaxValue),
            (nameof(options.Restart), options.Restart, 1, int.MaxValue), (nameof(options.Momentum), options.Momentum, 0, double.MaxValue),
            (nameof(options.Confidence), options.Confidence, 0, double.MaxValue), (nameof(options.SearchStep), options.SearchStep, 1, int.MaxValue),
            (nameof(options.InitialConstant), options.InitialConstant, double.Epsilon, double.MaxValue), (nameof(options.Overshoot), options.Overshoot, 0, double.MaxValue),
            (nameof(options.SampleCount), options.SampleCount, 1, int.MaxValue), (nameof(options.TrialCount), options.TrialCount, 1, int.MaxValue),
            (nameof(options.JpegQuality), options.JpegQuality, 1, 100),
        ];
        foreach (var (name, value, least, most) in numbers)
        {
            if (value is { } given && !(given >= least && given <= most))
                throw Errors.ArgumentInvalid(name, given, $"a number {(least == 1 ? "from 1 on" : least == 0 ? "from 0 on" : "above 0")}{(most == 100 ? ", at most 100" : "")}");
        }
    }

    private static readonly string GradientMasked =
        "The gradient is 0 at the picture, so that gradient attacks have nothing to follow; this says nothing of the network's strength. Try -Method Square or Ensemble, or -RandomStart.";

    private static bool IsRandom(string target) => target.Equals(RandomTarget, StringComparison.OrdinalIgnoreCase);

    private static CnnImage Prepared(CnnModel model, CnnImage image, AttackOptions options) =>
        options.FullSize ? NetworkInput.InColorsOf(model, image) : NetworkInput.Prepare(model, image, options.Preprocessing);

    private static CnnImage Rounded(CnnModel model, CnnImage image, AttackOptions options)
    {
        var prepared = Prepared(model, image, options);
        var rounded = ImageExport.RoundTo8Bits(prepared);
        return new CnnImage(rounded.Data, rounded.ChannelCount, rounded.Height, rounded.Width)
        {
            Source = image.Source,
            Label = image.Label,
            Class = image.Class,
            IsNetworkInput = !options.FullSize,
        };
    }

    /// <summary>The class that the picture came with; null where it is unknown to the model.</summary>
    private static int? OwnClass(CnnModel model, CnnImage image) =>
        image.Class is { } index && index < model.ClassCount && (image.Label is null || image.Label == model.Labels[index]) ? index : null;

    /// <summary>A model that says something else already is not fooled by what is made: without a target all have to agree at first.</summary>
    private static void CheckAgrees(CnnModel other, CnnImage image, int goal, Prediction answer, AttackOptions options)
    {
        if (options.Target is null && answer.Class != goal && !options.AttackMisread)
            throw Errors.AlreadyMisread(image.Source ?? "The picture", other.Name, other.Labels[goal], answer.Label);
    }

    /// <summary>The class to leave or to reach.</summary>
    private static int Goal(CnnModel model, CnnImage image, IReadOnlyList<Prediction> answers, AttackOptions options)
    {
        var present = answers[0].Class;
        var own = OwnClass(model, image) ?? present;
        if (own != present && !options.AttackMisread)
            throw Errors.AlreadyMisread(image.Source ?? "The picture", model.Name, model.Labels[own], model.Labels[present]);
        if (options.Target is null)
            return own;
        if (IsRandom(options.Target))
        {
            // Drawn for the picture, so that it does not depend on which others it comes with.
            var picture = BitConverter.ToInt64(SHA256.HashData(MemoryMarshal.AsBytes<float>(image.Data)));
            var drawn = SplitMix64.ForStream(options.Seed, picture).NextInt32(model.ClassCount - 1);
            return drawn >= present ? drawn + 1 : drawn;
        }
        var logits = new float[model.ClassCount];
        foreach (var answer in answers)
            logits[answer.Class] = (float)answer.Logit;
        var target = ClassSelector.Parse(options.Target, model).Resolve(logits);
        return target == present ? throw Errors.TargetIsPresent(image.Source ?? "The picture", model.Name, model.Labels[target]) : target;
    }

    private static bool Errs(int answer, int goal, bool isTargeted) => isTargeted ? answer == goal : answer != goal;

    private static IReadOnlyList<IReadOnlyList<Prediction>> Predict(CnnModel model, CnnImage[] images, int top) =>
        Predictor.Predict(model, images, new PredictionOptions { Top = top, Preprocessing = PreprocessingMode.Auto });

    private static CnnTensor Batch(CnnImage[] images) =>
        new([.. images.SelectMany(image => image.Data)], [images.Length, .. images[0].Shape], "NCHW");

    /// <summary>The picture after a PNG file.</summary>
    private static CnnImage Saved(CnnTensor pixels, CnnImage clean, Recipe recipe)
    {
        var picture = new CnnImage(pixels.Data, clean.ChannelCount, clean.Height, clean.Width) { IsNetworkInput = clean.IsNetworkInput, Recipe = recipe };
        var read = ImageSource.FromBytes(ImageExport.Encode(picture), clean.Source ?? "the example").Read();
        return new CnnImage(read.Data, read.ChannelCount, read.Height, read.Width)
        {
            Source = clean.Source,
            Label = clean.Label,
            Class = clean.Class,
            IsNetworkInput = read.IsNetworkInput,
            Recipe = read.Recipe,
        };
    }

    private static CnnImage ThroughJpeg(CnnImage picture, int quality)
    {
        var read = ImageSource.FromBytes(ImageExport.Encode(picture, ImageFormat.Jpeg, quality), "the example").Read();
        return new CnnImage(read.Data, read.ChannelCount, read.Height, read.Width) { IsNetworkInput = picture.IsNetworkInput };
    }

    private static AdversarialExample Example(CnnImage clean, CnnImage changed)
    {
        var plane = clean.Height * clean.Width;
        var (largest, squares, pixels) = (0.0, 0.0, new bool[plane]);
        for (var i = 0; i < clean.Count; i++)
        {
            var change = Math.Abs((double)changed.Data[i] - clean.Data[i]);
            largest = Math.Max(largest, change);
            squares += change * change;
            pixels[i % plane] |= change > 0;
        }
        return new AdversarialExample
        {
            Clean = clean,
            Adversarial = changed,
            Class = 0,
            Label = "",
            Method = default,
            Success = false,
            EpsilonAfterSave = Math.Round(largest * 255) / 255,
            L2 = Math.Sqrt(squares),
            L0 = pixels.Count(isChanged => isChanged),
            Before = null!,
            After = null!,
            Recipe = changed.Recipe!,
        };
    }
}
