using System.Globalization;
using System.Text.RegularExpressions;
using CnnViz.Data;
using CnnViz.Networks;
using CnnViz.Reporting;

namespace CnnViz.Replaying;

/// <summary>Finds what a recipe names: what the user gives instead, else where it was, and knows by its SHA-256 whether it is the same.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="options">What the user says.</param>
internal sealed partial class ReplayInputs(Recipe recipe, ReplayOptions options)
{
    private const string ModelName = "Model";
    private const string DatasetName = "Dataset";
    private const int DigestLength = 12;

    private IEnumerable<RecipeInput> PictureInputs => recipe.Inputs.Where(input => input.Name is not (ModelName or DatasetName));

    /// <summary>The models, checked by the SHA-256 of their weights.</summary>
    /// <exception cref="CnnVizException"><c>RecipeInputMissing</c>, <c>RecipeInputDiffers</c>; as <see cref="ModelSource.Open"/>.</exception>
    public CnnModel[] Models()
    {
        RecipeInput[] inputs = [.. recipe.Inputs.Where(input => input.Name == ModelName)];
        // Recipes of earlier versions had no list of inputs.
        if (inputs.Length == 0 && recipe.Model is not null)
            inputs = [new RecipeInput { Name = ModelName, Source = recipe.Model, Sha256 = recipe.WeightsHash }];
        return [.. inputs.Select((input, i) => Open(input, i < options.Models.Count ? options.Models[i] : null))];
    }

    /// <summary>The pictures of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="read">Reads one as it was used.</param>
    /// <exception cref="CnnVizException"><c>RecipeInvalid</c>: there is none; <c>RecipeInputMissing</c>, <c>RecipeInputDiffers</c>; as <see cref="ImageSource.Read"/>.</exception>
    public CnnImage[] Pictures(string name, Func<ImageSource, CnnImage> read)
    {
        var found = PictureInputs.Index().Where(entry => entry.Item.Name == name)
            .Select(entry => Find(entry.Item, entry.Index < options.Images.Count ? options.Images[entry.Index] : null, read)).ToArray();
        return found.Length > 0 ? found : throw Errors.RecipeInvalid(recipe.Operation, $"it names no picture as its {name}.");
    }

    /// <summary>The dataset: the part that is named, where it has parts.</summary>
    /// <exception cref="CnnVizException"><c>RecipeInvalid</c>, <c>RecipeInputMissing</c>, <c>RecipeInputDiffers</c>.</exception>
    public CnnDataset Dataset()
    {
        var input = DatasetInput;
        var split = input.Source!.EndsWith("/train", StringComparison.Ordinal) ? DatasetSplit.Train : (DatasetSplit?)null;
        return Checked(input, Splits(input).Part(split));
    }

    /// <summary>The dataset with its parts.</summary>
    /// <exception cref="CnnVizException">As <see cref="Dataset"/>.</exception>
    public DatasetSplits Splits()
    {
        var splits = Splits(DatasetInput);
        Checked(DatasetInput, splits.Train);
        return splits;
    }

    private RecipeInput DatasetInput => recipe.Inputs.FirstOrDefault(input => input is { Name: DatasetName, Source: not null })
        ?? throw Errors.RecipeInvalid(recipe.Operation, "it names no dataset.");

    private DatasetSplits Splits(RecipeInput input)
    {
        if (options.Dataset is not null)
            return options.Dataset;
        var name = input.Source!.Split('/')[0];
        return Datasets.Names.Contains(name) ? Datasets.Open(name) : throw Errors.RecipeInputMissing(recipe.Operation, DatasetName, input.Source, "-Dataset");
    }

    private CnnDataset Checked(RecipeInput input, CnnDataset dataset)
    {
        Check(input, Recipes.Input(dataset).Sha256!, "-Dataset");
        return dataset;
    }

    private CnnModel Open(RecipeInput input, ModelSource? given)
    {
        var key = $"{input.Sha256} {recipe.Device} {recipe.Precision}";
        if (options.OpenModels.TryGetValue(key, out var known))
            return known;
        if (given is null && (input.Source is null || (Path.IsPathRooted(input.Source) && !File.Exists(input.Source))))
            throw Errors.RecipeInputMissing(recipe.Operation, ModelName, input.Source, "-Model");
        var model = (given ?? ModelSource.Parse(input.Source!)).Open(new ModelImportOptions
        {
            Device = recipe.Device ?? "cpu",
            Precision = recipe.Precision is null ? null : Enum.Parse<Precision>(recipe.Precision),
            Cancellation = options.Run.Cancellation,
        });
        Check(input, model.WeightsHash, "-Model");
        return options.OpenModels[key] = model;
    }

    private CnnImage Find(RecipeInput input, ImageSource? given, Func<ImageSource, CnnImage> read)
    {
        // What the recipe knows of its picture holds for that one alone.
        if (given is not null)
            return read(given) is var own && own.Fingerprint == input.Sha256 ? Read(given) : Checked(input, own);
        CnnImage? other = null;
        foreach (var candidate in Candidates(input))
        {
            var image = Read(candidate);
            if (image.Fingerprint == input.Sha256)
                return image;
            other ??= image;
        }
        // A picture that was itself a result and never a file.
        if (input.Recipe is { } made)
        {
            var result = Replay.Run(made, options with { Images = [], Models = [] }).Result;
            return Checked(input, Read(ImageSource.FromTensor(Picture.Of(result)!.Draw(RecipeDrawing.Of(made)))));
        }
        return other is null ? throw Errors.RecipeInputMissing(recipe.Operation, input.Name, input.Source, "-Image") : Checked(input, other);

        CnnImage Read(ImageSource source)
        {
            var image = source.ReadTensor() is CnnImage picture ? Known(picture, input) : null;
            return read(image is null ? source : ImageSource.FromTensor(image));
        }
    }

    /// <summary>With the class that the recipe knows of it, which attacks start from.</summary>
    private static CnnImage Known(CnnImage picture, RecipeInput input) => new(picture.Data, picture.ChannelCount, picture.Height, picture.Width)
    {
        Source = input.Source ?? picture.Source,
        Label = input.Label ?? picture.Label,
        Class = input.Class ?? picture.Class,
        IsNetworkInput = picture.IsNetworkInput,
        Recipe = picture.Recipe,
    };

    private IEnumerable<ImageSource> Candidates(RecipeInput input)
    {
        // Looking for a file on a foreign machine would tell it who is here.
        if (input.Source is not { } source || source.StartsWith(@"\\", StringComparison.Ordinal) || source.StartsWith("//", StringComparison.Ordinal))
            yield break;
        if (ImageSource.IsAddress(source) || File.Exists(source))
            yield return ImageSource.Parse(source);
        if (options.Folder is { } folder && Path.Join(folder, Path.GetFileName(source)) is var beside && File.Exists(beside))
            yield return ImageSource.FromPath(beside);
        if (Sample().Match(source) is { Success: true } sample && Datasets.Names.Contains(sample.Groups[1].Value))
        {
            var split = sample.Groups[2].Value == "train" ? DatasetSplit.Train : DatasetSplit.Test;
            var dataset = (options.Dataset ?? Datasets.Open(sample.Groups[1].Value)).Part(split);
            if (int.TryParse(sample.Groups[3].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < dataset.Count)
                yield return ImageSource.FromTensor(dataset.GetImage(index));
        }
        if (PartOfBatch().Match(source) is { Success: true } part && File.Exists(part.Groups[1].Value))
            yield return ImageSource.FromTensor(ImageSource.FromPath(part.Groups[1].Value).ReadTensor().Slice(int.Parse(part.Groups[2].Value, CultureInfo.InvariantCulture)));
    }

    private CnnImage Checked(RecipeInput input, CnnImage image)
    {
        Check(input, image.Fingerprint, "-Image");
        return image;
    }

    /// <summary>An error, or a warning where the user wants to go on.</summary>
    private void Check(RecipeInput input, string found, string parameter)
    {
        if (input.Sha256 is null || input.Sha256 == found)
            return;
        var error = Errors.RecipeInputDiffers(recipe.Operation, input.Name, input.Source, found[..DigestLength], input.Sha256[..Math.Min(DigestLength, input.Sha256.Length)], parameter);
        if (!options.AllowsOthers)
            throw error;
        options.Warning?.Invoke(error.Message);
    }

    [GeneratedRegex(@"^(\w+)/(train|test)#(\d+)$")]
    private static partial Regex Sample();

    [GeneratedRegex(@"^(.+\.npy)\[(\d{1,9})\]$")]
    private static partial Regex PartOfBatch();
}
