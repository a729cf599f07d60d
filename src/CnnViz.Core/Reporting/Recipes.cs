using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CnnViz.Replaying;
using CnnViz.Runtime;
using TorchSharp;

namespace CnnViz;

/// <summary>Makes the recipe of a result from what was used.</summary>
public static class Recipes
{
    internal const string LeNetTraining = "Invoke-LeNetTraining";
    internal const string ModelTraining = "Invoke-CnnTraining";

    /// <summary>Recipes of recipes: a picture that was made from one that was made … is written down so far back.</summary>
    private const int DeepestHistory = 6;

    /// <summary>A recipe with the versions and threads of this process.</summary>
    /// <param name="operation">The operation, named as its cmdlet.</param>
    /// <param name="model">The model that took part; null for none.</param>
    /// <param name="batchSize">The images computed together; null where that plays no part.</param>
    /// <param name="parameters">The parameters that were used, defaults included; null values are left out.</param>
    public static Recipe Create(string operation, CnnModel? model, int? batchSize, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
        {
            if (OptionText.Of(value) is { } text)
                texts[name] = text;
        }
        return Create(operation, model is null ? [] : [model], batchSize, texts, []);
    }

    /// <summary>The recipe of an operation that its options describe: each of their properties is a parameter, or, where it is a picture, an input.</summary>
    /// <param name="operation">The operation, named as its cmdlet.</param>
    /// <param name="models">The models that took part, the first of which gave the result; may be empty.</param>
    /// <param name="batchSize">The images computed together; null where that plays no part.</param>
    /// <param name="options">The settings, settled as far as they are known.</param>
    /// <param name="inputs">What else it was given.</param>
    internal static Recipe Of(string operation, IReadOnlyList<CnnModel> models, int? batchSize, object options, params IReadOnlyList<RecipeInput> inputs)
    {
        var texts = OptionText.Write(options);
        return Create(operation, models, batchSize, texts, [.. inputs, .. OptionText.Pictures(options).Select(picture => Input(picture.Name, picture.Picture))]) with
        {
            Seed = texts.TryGetValue("Seed", out var seed) ? long.Parse(seed, CultureInfo.InvariantCulture) : null,
        };
    }

    /// <summary>The recipe of a result, of a picture, or of a model that was trained; null where it has none.</summary>
    public static Recipe? OfResult(object result) => result as Recipe ?? result.GetType().GetProperty(nameof(Recipe), typeof(Recipe))?.GetValue(result) as Recipe;

    /// <summary>Whether a recipe is a training's, whose result is a model.</summary>
    public static bool IsOfTraining(Recipe recipe) => recipe.Operation is LeNetTraining or ModelTraining;

    /// <summary>A picture that an operation was given, as it was used.</summary>
    /// <param name="name">What it was to the operation.</param>
    /// <param name="picture">The picture.</param>
    internal static RecipeInput Input(string name, CnnTensor picture)
    {
        var image = picture as CnnImage;
        return new RecipeInput
        {
            Name = name,
            Source = image?.Source,
            Sha256 = picture.Fingerprint,
            Label = image?.Label,
            Class = image?.Class,
            Recipe = image?.Recipe is { } recipe && Depth(recipe) < DeepestHistory ? recipe : null,
        };
    }

    /// <summary>A dataset that an operation was given.</summary>
    internal static RecipeInput Input(CnnDataset dataset) => new()
    {
        Name = "Dataset",
        Source = dataset.Name,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(dataset.GetClasses()))),
    };

    /// <summary>The recipe of one picture of a batch.</summary>
    /// <param name="recipe">The batch's.</param>
    /// <param name="image">The picture as it was used.</param>
    /// <param name="index">Its place in the batch.</param>
    internal static Recipe OfImage(this Recipe recipe, CnnImage image, int index) => recipe with
    {
        Inputs = [Input("Image", image), .. recipe.Inputs],
        BatchIndex = recipe.BatchSize > 1 ? index : null,
    };

    /// <summary>The recipe with a parameter that is none of its options.</summary>
    internal static Recipe And(this Recipe recipe, string name, object value) => recipe with
    {
        Parameters = new SortedDictionary<string, string>(recipe.Parameters.ToDictionary(), StringComparer.Ordinal) { [name] = OptionText.Of(value)! },
    };

    /// <summary>The recipe without a parameter.</summary>
    internal static Recipe Without(this Recipe recipe, string name) => recipe with
    {
        Parameters = new SortedDictionary<string, string>(recipe.Parameters.Where(parameter => parameter.Key != name).ToDictionary(), StringComparer.Ordinal),
    };

    /// <summary>The recipe of a training.</summary>
    /// <param name="operation">The operation, named as its cmdlet.</param>
    /// <param name="start">The model that it began with; null where it began at random.</param>
    /// <param name="data">What was learned from.</param>
    /// <param name="options">The settings.</param>
    internal static Recipe OfTraining(string operation, CnnModel? start, DatasetSplits data, object options) =>
        Of(operation, start is null ? [] : [start], null, options, Input(data.Train) with { Source = data.Name }).Computed();

    private static Recipe Create(
        string operation, IReadOnlyList<CnnModel> models, int? batchSize, SortedDictionary<string, string> parameters, IEnumerable<RecipeInput> inputs)
    {
        var model = models.Count == 0 ? null : models[0];
        var recipe = new Recipe
        {
            Operation = operation,
            Inputs = [.. inputs, .. models.Select(used => new RecipeInput { Name = "Model", Source = used.Source ?? used.Name, Sha256 = used.WeightsHash })],
            Parameters = parameters,
            Model = model?.Name,
            WeightsHash = model?.WeightsHash,
            Device = model is null or { Device: "cpu" } ? null : model.Device,
            Precision = model is null or { Precision: Precision.Float32 } ? null : model.Precision.ToString(),
            BatchSize = batchSize,
            Versions = Versions(),
        };
        return model is null ? recipe : recipe.Computed();
    }

    /// <summary>With what matters to the last bits of what libtorch computes.</summary>
    private static Recipe Computed(this Recipe recipe)
    {
        var versions = Versions();
        versions["LibTorch"] = LibTorchVersion.Expected;
        versions["OneDnn"] = TorchSetup.OneDnn.Word;
        if (Processor.Current.Name.Length > 0)
            versions["Processor"] = Processor.Current.Name;
        return recipe with { Threads = torch.get_num_threads(), Versions = versions };
    }

    private static SortedDictionary<string, string> Versions() => new(StringComparer.Ordinal)
    {
        ["CnnViz"] = typeof(Recipes).Assembly.GetName().Version!.ToString(3),
    };

    private static int Depth(Recipe recipe) => 1 + recipe.Inputs.Max(input => input.Recipe is null ? 0 : (int?)Depth(input.Recipe)) ?? 1;
}
