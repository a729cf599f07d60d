using CnnViz.Imaging;
using CnnViz.Reading;
using CnnViz.Running;

namespace CnnViz.Synthesis;

/// <summary>Runs a synthesis and says what became of it. Recipes (class maximization, dreams, style transfer) end here.</summary>
public static class Synthesizer
{
    private const int Answers = 5;
    private const int PredictedTogether = 16;

    /// <summary>Runs to the end, to Ctrl+C, or to a step that leads to no number; what was reached by then is given back.</summary>
    /// <param name="model">The network.</param>
    /// <param name="stepper">The synthesis; its owner disposes it.</param>
    /// <param name="subjects">What each of its pictures is about.</param>
    /// <param name="recipe">How they are made.</param>
    /// <param name="run">Progress, checkpoints, frames and cancellation.</param>
    /// <exception cref="CnnVizException">As <see cref="Run.ToEnd"/>.</exception>
    public static SynthesisOutcome ToEnd(CnnModel model, PictureStepper stepper, IReadOnlyList<SynthesisSubject> subjects, Recipe recipe, RunOptions run)
    {
        var (isComplete, failure) = (false, (CnnVizException?)null);
        try
        {
            isComplete = Run.ToEnd(stepper, run);
        }
        catch (CnnVizException diverged) when (diverged.ErrorId == "SynthesisDiverged")
        {
            failure = diverged;
        }
        var batch = stepper.Pictures();
        // What was too large for one step is shown to the network at the network's own size, as any other picture.
        var isInput = stepper.IsRaw || (!stepper.IsDivided && NetworkInput.Takes(model.Network, batch.Shape[1..]));
        // A series of batches that was ended has not come to the last subjects.
        subjects = [.. subjects.Take(batch.Shape[0])];
        var pictures = subjects.Select((subject, i) => Picture(batch.Slice(i), subject, recipe with { ResultIndex = i }, isInput)).ToArray();
        var predictions = model.Network.HasClasses ? Predict(model, pictures, stepper.IsRaw, subjects) : null;
        var images = subjects.Select((subject, i) => new SynthesizedImage
        {
            Image = pictures[i],
            Title = subject.Title,
            Class = subject.Class,
            Probability = subject.Class is { } wanted ? predictions?[i].FirstOrDefault(prediction => prediction.Class == wanted)?.Probability : null,
            Layer = subject.Layer,
            Channel = subject.Channel,
            History = stepper.HistoryOf(i),
            Terms = stepper.Terms,
            IsComplete = isComplete,
            Predictions = predictions?[i].Take(Answers).ToArray() ?? [],
            Model = model,
            Recipe = pictures[i].Recipe!,
        }).ToArray();
        return new SynthesisOutcome(images, failure);
    }

    private static CnnImage Picture(CnnTensor values, SynthesisSubject subject, Recipe recipe, bool isInput) =>
        new(values.Data, values.Shape[0], values.Shape[1], values.Shape[2])
        {
            Source = subject.Source,
            Label = subject.Title,
            Recipe = recipe,
            IsNetworkInput = isInput,
        };

    /// <summary>Every class where one was maximised, because it may not be among the first.</summary>
    private static IReadOnlyList<IReadOnlyList<Prediction>> Predict(CnnModel model, CnnImage[] pictures, bool isRaw, IReadOnlyList<SynthesisSubject> subjects)
    {
        var options = new PredictionOptions
        {
            Top = subjects.Any(subject => subject.Class is not null) ? model.ClassCount : Math.Min(Answers, model.ClassCount),
            Preprocessing = isRaw ? PreprocessingMode.Raw : PreprocessingMode.Auto,
        };
        // What lies between the levels of a file, or outside of its range, does not survive it.
        return [.. pictures.Chunk(PredictedTogether)
            .SelectMany(part => Predictor.Predict(model, isRaw ? part : Array.ConvertAll(part, ImageExport.RoundTo8Bits), options))];
    }
}
