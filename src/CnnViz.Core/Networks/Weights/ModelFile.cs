using System.Text.Json;
using CnnViz.Networks.Labels;
using CnnViz.Networks.Sequential;
using CnnViz.Networks.Zoo;
using CnnViz.Reporting;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Networks.Weights;

/// <summary>
/// Models as files. Those written here are safetensors whose metadata hold architecture, preprocessing, labels and history, so that reading one
/// back needs nothing else; weights of other origin are recognised by the names and shapes of their entries.
/// </summary>
public static class ModelFile
{
    private const string ArchitectureKey = "cnnviz.architecture";
    private const string NameKey = "cnnviz.name";
    private const string LabelsKey = "cnnviz.labels";
    private const string WordNetIdsKey = "cnnviz.wordnet";
    private const string PreprocessingKey = "cnnviz.preprocessing";
    private const string HistoryKey = "cnnviz.history";
    private const string RecipeKey = "cnnviz.recipe";
    private const string LayersKey = "cnnviz.layers";
    private const int Listed = 10;

    /// <summary>Writes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The target, <c>.safetensors</c> by custom.</param>
    /// <param name="force">Replaces a file that is there already.</param>
    /// <param name="isHalf">Writes float32 as float16, of 11 significant bits: half the file. It is float32 again when it is read.</param>
    /// <exception cref="CnnVizException"><c>OutputExists</c>, <c>OutputUnwritable</c>, <c>ModelDisposed</c>; <c>ArgumentInvalid</c>: a weight beyond
    /// float16's range.</exception>
    public static void Save(CnnModel model, string path, bool force = false, bool isHalf = false)
    {
        using var scope = NewDisposeScope();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = "pt",
            [ArchitectureKey] = model.Architecture,
            [NameKey] = model.Name,
            [LabelsKey] = JsonSerializer.Serialize(model.Labels),
            [PreprocessingKey] = JsonSerializer.Serialize(model.Preprocessing),
            [HistoryKey] = JsonSerializer.Serialize(model.History),
        };
        if (model.Network.Layers.Count > 0)
            metadata[LayersKey] = JsonSerializer.Serialize(model.Network.Layers);
        if (model.Recipe is not null)
            metadata[RecipeKey] = RecipeJson.Write(model.Recipe);
        if (model.WordNetIds is { } ids)
            metadata[WordNetIdsKey] = JsonSerializer.Serialize(ids);
        SafetensorsFile.Write(path, [.. model.Network.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, Stored(parameter.Name)))], metadata, force);

        Tensor Stored(string name)
        {
            var tensor = model.Weights[name];
            if (!isHalf || tensor.dtype != ScalarType.Float32)
                return tensor;
            var half = tensor.to(ScalarType.Float16);
            return half.to(ScalarType.Float32).isfinite().eq(tensor.isfinite()).all().item<bool>()
                ? half
                : throw Errors.ArgumentInvalid("Half", name, "weights up to 65504, float16's largest number; write the model in float32");
        }
    }

    /// <summary>
    /// Reads a model from safetensors or a PyTorch file. The architecture is the one asked for, else the one of the metadata, else the one whose
    /// parameters have the entries' names and shapes; the number of classes is the file's. A model that was written here computes as it did; values of
    /// other origin become float32.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Device, architecture and labels; null for the processor and what the file says.</param>
    /// <exception cref="CnnVizException">As <see cref="WeightFile.Open(string)"/>; <c>WeightsMismatch</c>: the entries fit no architecture, or not
    /// the one asked for; <c>LabelCountMismatch</c>; <c>ArchitectureUnknown</c>.</exception>
    public static CnnModel Load(string path, ModelFileOptions? options = null)
    {
        using var file = WeightFile.Open(path);
        return ToModel(file, path, options ?? new ModelFileOptions(), source: path);
    }

    /// <summary>Reads a model that is part of this assembly.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="device">Where it is to compute.</param>
    /// <returns>The model; null where there is none of that name.</returns>
    public static CnnModel? TryLoadBuiltIn(string name, Device? device = null)
    {
        if (typeof(ModelFile).Assembly.GetManifestResourceStream($"{name}.safetensors") is not { } stream)
            return null;
        using var file = WeightFile.Open(stream, name);
        return ToModel(file, name, new ModelFileOptions { Device = device }, source: null);
    }

    /// <summary>What a model that is part of this assembly is, without its weights: libtorch is not needed for that.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The network and its classes; null where there is none of that name.</returns>
    public static (Network Network, ClassLabels Classes)? TryDescribeBuiltIn(string name)
    {
        if (typeof(ModelFile).Assembly.GetManifestResourceStream($"{name}.safetensors") is not { } stream)
            return null;
        using var file = WeightFile.Open(stream, name);
        var network = (Sequential(file, file.Entries, name) ?? Fit(file.Entries, file.Metadata, null, name)).Network;
        return (network, ClassesOf(file, network, name));
    }

    private static ClassLabels ClassesOf(WeightFile file, Network network, string name) => Parse<string[]>(file, LabelsKey, name) is { } labels
        ? new ClassLabels(labels, Parse<string[]>(file, WordNetIdsKey, name))
        : ClassLabels.Of(network);

    private static CnnModel ToModel(WeightFile file, string name, ModelFileOptions options, string? source)
    {
        // What was written here has the network's own names.
        var isOwn = file.Metadata.ContainsKey(ArchitectureKey);
        var entries = isOwn ? file.Entries : WeightNames.Normalise(file.Entries);
        var fit = Sequential(file, entries, name) ?? Fit(entries, file.Metadata, options.Architecture, name);
        var network = fit.Network;
        var classes = options.Labels is { } asked ? new ClassLabels(asked) : ClassesOf(file, network, name);
        if (classes.Names.Count != network.ClassCount || classes.WordNetIds is { } ids && ids.Count != network.ClassCount)
            throw Errors.LabelCountMismatch(name, classes.Names.Count, network.ClassCount);
        var preprocessing = Parse<Preprocessing>(file, PreprocessingKey, name)
            ?? Architectures.Find(network.Architecture)?.Preprocessing
            ?? Preprocessing.None(network.InputShape[0], network.InputShape[1], network.InputShape[2]);
        if (preprocessing is not { Height: > 0, Width: > 0 } || preprocessing.ChannelCount != network.InputShape[0] || preprocessing.Deviation.Count != network.InputShape[0])
            throw Errors.ModelFileInvalid(name, $"its metadata '{PreprocessingKey}' do not fit pictures of {network.InputShape[0]} channels.");
        if (options.Normalization == InputNormalization.Caffe)
            preprocessing = preprocessing.ChannelCount == 3 ? preprocessing.ToCaffe() : throw Errors.ArgumentInvalid(nameof(options.Normalization), options.Normalization, $"Own: '{name}' takes pictures of {preprocessing.ChannelCount} channel, and Caffe's are in colour");
        var history = Parse<EpochResult[]>(file, HistoryKey, name) ?? [];
        var warnings = new List<string>();
        if (fit.MissingAuxiliary.Count > 0)
            warnings.Add($"'{name}' lacks {Some(fit.MissingAuxiliary)}, of heads that only training uses; these start afresh.");
        var (weights, notFinite) = ReadWeights(file, entries, network, options.Device ?? CPU);
        if (notFinite.Count > 0)
            warnings.Add($"'{name}' has weights that are infinite or not a number, in {Some(notFinite)}. What it computes will be, too.");
        var model = new CnnModel(network, weights)
        {
            Name = source is null ? name : file.Metadata.GetValueOrDefault(NameKey, network.Architecture),
            Source = source,
            Classes = classes,
            Preprocessing = preprocessing,
            History = history,
            Recipe = file.Metadata.TryGetValue(RecipeKey, out var recipe) ? RecipeJson.TryRead(recipe) : null,
            Warnings = warnings,
        };
        if (isOwn && entries.Values.Any(entry => entry.Type == ScalarType.BFloat16))
            model.ConvertTo(Precision.BFloat16);
        return model;
    }

    /// <summary>The network that the file's own list of layers describes; null where it has none.</summary>
    private static WeightFit? Sequential(WeightFile file, IReadOnlyDictionary<string, WeightEntry> entries, string name)
    {
        if (Parse<string[]>(file, LayersKey, name) is not { } layers || Parse<Preprocessing>(file, PreprocessingKey, name) is not { } preprocessing)
            return null;
        try
        {
            var network = SequentialNetwork.Build(layers, [preprocessing.ChannelCount, preprocessing.Height, preprocessing.Width]);
            var fit = WeightFit.Of(_ => network, entries);
            return fit.Differences.Count == 0 ? fit : throw Errors.WeightsMismatch(name, "its own layers not", fit.Differences);
        }
        catch (CnnVizException failure) when (failure.ErrorId is "LayerInvalid" or "ArgumentInvalid")
        {
            throw Errors.ModelFileInvalid(name, failure.Message, failure);
        }
    }

    private static WeightFit Fit(IReadOnlyDictionary<string, WeightEntry> entries, IReadOnlyDictionary<string, string> metadata, string? asked, string name)
    {
        if ((asked ?? metadata.GetValueOrDefault(ArchitectureKey)) is not { } architecture)
            return ArchitectureRecognition.Recognise(entries, name);
        var known = Architectures.Find(architecture) ?? throw Errors.ArchitectureUnknown(name, architecture, NearestNames.Of(architecture, Architectures.Names));
        var fit = WeightFit.Of(known, entries);
        return fit.Differences.Count == 0 ? fit : throw Errors.WeightsMismatch(name, $"do not fit {known.Name}", fit.Differences);
    }

    /// <summary>What the metadata have under a key, of files that were written here; null for weights of other origin.</summary>
    private static T? Parse<T>(WeightFile file, string key, string name) where T : class
    {
        if (!file.Metadata.TryGetValue(key, out var text))
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(text) ?? throw new JsonException("it is null");
        }
        // A list that is null where there should be one is an argument error of the record's own.
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            throw Errors.ModelFileInvalid(name, $"its metadata '{key}' cannot be read: {failure.Message}", failure);
        }
    }

    private static (Dictionary<string, Tensor> Weights, List<string> NotFinite) ReadWeights(
        WeightFile file, IReadOnlyDictionary<string, WeightEntry> entries, Network network, Device device)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(0);
        var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var notFinite = new List<string>();
        foreach (var (parameter, spec) in network.Parameters)
        {
            Tensor tensor;
            if (entries.TryGetValue(parameter, out var entry))
            {
                tensor = file.ReadTensor(entry.Name, out var isFinite);
                if (!isFinite)
                    notFinite.Add(parameter);
            }
            else
            {
                tensor = empty(spec.Extents, spec.DataType);
                spec.Initial.Fill(tensor, generator);
            }
            weights[parameter] = tensor.dtype == spec.DataType && device.type == DeviceType.CPU ? tensor : tensor.to(spec.DataType, device, disposeAfter: true);
        }
        foreach (var tensor in weights.Values)
            tensor.DetachFromDisposeScope();
        return (weights, notFinite);
    }

    private static string Some(IReadOnlyList<string> names) =>
        $"{string.Join(", ", names.Take(Listed))}{(names.Count > Listed ? $" and {names.Count - Listed} more" : "")}";
}
