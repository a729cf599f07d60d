using System.Globalization;
using System.Runtime.InteropServices;
using CnnViz.Imaging;
using CnnViz.Reporting;

namespace CnnViz.Replaying;

/// <summary>Compares what a recipe gives now with what it gave then.</summary>
public static class RecipeComparer
{
    private const int DigestLength = 12;

    /// <summary>Compares a result with the picture that was saved of it, as its file keeps it.</summary>
    /// <param name="recipe">The picture's recipe.</param>
    /// <param name="saved">The picture, as it was read.</param>
    /// <param name="result">What the recipe gives now.</param>
    public static RecipeComparison WithPicture(Recipe recipe, CnnImage saved, object result)
    {
        var drawn = Picture.Of(result)!.Draw(RecipeDrawing.Of(recipe));
        return Compare(recipe, result, [(ImageExport.RoundTo8Bits(saved), ImageExport.RoundTo8Bits(drawn))], "pixel values");
    }

    /// <summary>Compares two results of one kind.</summary>
    /// <param name="recipe">The recipe of the first.</param>
    /// <param name="recorded">What it gave then.</param>
    /// <param name="result">What it gives now.</param>
    public static RecipeComparison WithResult(Recipe recipe, object recorded, object result) => Compare(recipe, result, Values(recorded).Zip(Values(result)), "values");

    private static IEnumerable<CnnTensor> Values(object result) => result switch
    {
        Prediction prediction => [Numbers(prediction.Class, prediction.Probability, prediction.Logit)],
        RobustnessPoint point => [Numbers(point.Count, point.CleanCorrect, point.Robust)],
        CnnModel model => model.Network.Parameters.Select(parameter => model.GetParameter(parameter.Name)),
        _ => [Picture.Of(result)!.Values],
    };

    private static CnnTensor Numbers(params double[] values) => new([.. values.Select(value => (float)value)], [values.Length]);

    private static RecipeComparison Compare(Recipe recipe, object result, IEnumerable<(CnnTensor Then, CnnTensor Now)> values, string unit)
    {
        var (count, different, largest) = (0L, 0L, 0.0);
        var (isEqual, differences) = (true, Differences(recipe, Recipes.OfResult(result)!));
        foreach (var (then, now) in values)
        {
            count += then.Count;
            if (!then.Shape.SequenceEqual(now.Shape))
            {
                isEqual = false;
                different += then.Count;
                largest = double.PositiveInfinity;
                differences.Add($"Shape: [{string.Join(", ", then.Shape)}] then, [{string.Join(", ", now.Shape)}] now; a sheet of several results holds the recipe of its first alone");
                continue;
            }
            isEqual &= MemoryMarshal.AsBytes(then.Data.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(now.Data.AsSpan()));
            for (var i = 0; i < then.Count; i++)
            {
                if (then.Data[i].Equals(now.Data[i]))
                    continue;
                different++;
                largest = Math.Max(largest, Math.Abs((double)then.Data[i] - now.Data[i]));
            }
        }
        if (!isEqual && recipe.BatchIndex is not null && differences.Count == 0)
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"Batch: {recipe.BatchSize} were computed together; the others are not in the recipe, and copies of this one stood for them"));
        return new RecipeComparison
        {
            Operation = recipe.Operation,
            IsEqual = isEqual,
            Count = count,
            DifferentCount = different,
            MaximumDifference = largest,
            Differences = differences,
            Verdict = isEqual ? "the same bit for bit"
                : double.IsInfinity(largest) ? "of another shape"
                : string.Create(CultureInfo.InvariantCulture, $"{different:N0} of {count:N0} {unit} differ, by {largest:g3} at most"),
            Result = result,
            Recipe = recipe,
        };
    }

    /// <summary>What of the circumstances is another.</summary>
    private static List<string> Differences(Recipe then, Recipe now)
    {
        var found = new List<string>();
        foreach (var (before, after) in then.Inputs.Zip(now.Inputs))
            Add(before.Name == "Model" ? "Weights" : before.Name, Short(before.Sha256), Short(after.Sha256));
        if (then.Inputs.Count == 0)
            Add("Weights", Short(then.WeightsHash), Short(now.WeightsHash));
        Add("Threads", then.Threads, now.Threads);
        Add("Batch size", then.BatchSize, now.BatchSize);
        Add("Device", then.Device ?? "cpu", now.Device ?? "cpu");
        foreach (var name in then.Versions.Keys.Union(now.Versions.Keys))
            Add(name, then.Versions.GetValueOrDefault(name), now.Versions.GetValueOrDefault(name));
        foreach (var name in then.Parameters.Keys.Intersect(now.Parameters.Keys))
            Add(name, then.Parameters[name], now.Parameters[name]);
        return found;

        void Add<T>(string name, T? before, T? after)
        {
            if (!Equals(before, after))
                found.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {before?.ToString() ?? "unknown"} then, {after?.ToString() ?? "unknown"} now"));
        }

        static string? Short(string? digest) => digest is { Length: > DigestLength } ? digest[..DigestLength] : digest;
    }
}
