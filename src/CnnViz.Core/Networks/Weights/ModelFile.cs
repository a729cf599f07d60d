using System.Text.Json;
using CnnViz.Networks.Zoo;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Networks.Weights;

/// <summary>Models as safetensors files whose metadata hold architecture, preprocessing, labels and history, so that reading one back needs nothing else.</summary>
public static class ModelFile
{
    private const string ArchitectureKey = "cnnviz.architecture";
    private const string NameKey = "cnnviz.name";
    private const string LabelsKey = "cnnviz.labels";
    private const string PreprocessingKey = "cnnviz.preprocessing";
    private const string HistoryKey = "cnnviz.history";
    private const int Listed = 10;

    /// <summary>Writes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The target, <c>.safetensors</c> by custom.</param>
    /// <param name="force">Replaces a file that is there already.</param>
    /// <exception cref="CnnVizException"><c>OutputExists</c>, <c>OutputUnwritable</c>, <c>ModelDisposed</c>.</exception>
    public static void Save(CnnModel model, string path, bool force = false)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = "pt",
            [ArchitectureKey] = model.Architecture,
            [NameKey] = model.Name,
            [LabelsKey] = JsonSerializer.Serialize(model.Labels),
            [PreprocessingKey] = JsonSerializer.Serialize(model.Preprocessing),
            [HistoryKey] = JsonSerializer.Serialize(model.History),
        };
        SafetensorsFile.Write(path, [.. model.Network.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, model.Weights[parameter.Name]))], metadata, force);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Device, architecture and labels; null for the processor and what the file says.</param>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>, <c>ModelFileInvalid</c>.</exception>
    public static CnnModel Load(string path, ModelFileOptions? options = null)
    {
        using var content = SafetensorsFile.Read(path);
        return ToModel(content, path, options?.Device, source: path);
    }

    /// <summary>Reads a model that is part of this assembly.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="device">Where it is to compute.</param>
    /// <returns>The model; null where there is none of that name.</returns>
    public static CnnModel? TryLoadBuiltIn(string name, Device? device = null)
    {
        using var stream = typeof(ModelFile).Assembly.GetManifestResourceStream($"{name}.safetensors");
        if (stream is null)
            return null;
        using var content = SafetensorsFile.Read(stream, name);
        return ToModel(content, name, device, source: null);
    }

    private static CnnModel ToModel(SafetensorsContent content, string name, Device? device, string? source)
    {
        if (!content.Metadata.TryGetValue(ArchitectureKey, out var architecture))
            throw Errors.ModelFileInvalid(name, $"its metadata name no architecture ('{ArchitectureKey}'); Export-CnnModel writes it.");
        var network = Architectures.Find(architecture)?.Build()
            ?? throw Errors.ModelFileInvalid(name, $"its architecture '{architecture}' is not known. Known: {string.Join(", ", Architectures.Names)}.");
        var weights = TakeWeights(content.Tensors, network, name, device ?? CPU);
        try
        {
            return new CnnModel(network, weights)
            {
                Name = content.Metadata.GetValueOrDefault(NameKey, architecture),
                Source = source,
                Labels = Parse<string[]>(content, LabelsKey, name),
                Preprocessing = Parse<Preprocessing>(content, PreprocessingKey, name),
                History = Parse<EpochResult[]>(content, HistoryKey, name),
            };
        }
        catch
        {
            foreach (var tensor in weights.Values)
                tensor.Dispose();
            throw;
        }
    }

    private static T Parse<T>(SafetensorsContent content, string key, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(content.Metadata[key]) ?? throw new JsonException("it is null");
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException)
        {
            throw Errors.ModelFileInvalid(name, $"its metadata '{key}' cannot be read: {failure.Message}", failure);
        }
    }

    private static Dictionary<string, Tensor> TakeWeights(Dictionary<string, Tensor> found, Network network, string name, Device device)
    {
        var problems = new List<string>();
        foreach (var (parameter, spec) in network.Parameters)
        {
            if (!found.TryGetValue(parameter, out var tensor))
                problems.Add($"{parameter} is missing");
            else if (!tensor.shape.AsSpan().SequenceEqual(spec.Extents) || tensor.dtype != spec.DataType)
                problems.Add($"{parameter} is {tensor.dtype} [{string.Join(", ", tensor.shape)}], expected {spec.DataType} [{string.Join(", ", spec.Shape)}]");
        }
        problems.AddRange(found.Keys.Except(network.Parameters.Select(parameter => parameter.Name)).Select(unexpected => $"{unexpected} is unexpected"));
        if (problems.Count > 0)
        {
            var rest = problems.Count > Listed ? $", and {problems.Count - Listed} more" : "";
            throw Errors.ModelFileInvalid(name, $"its entries do not fit {network.Architecture}: {string.Join("; ", problems.Take(Listed))}{rest}.");
        }
        var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (parameter, _) in network.Parameters)
        {
            // Taken out of the file's content, which disposes what is left in it.
            found.Remove(parameter, out var tensor);
            weights[parameter] = device.type == DeviceType.CPU ? tensor! : tensor!.to(device, disposeAfter: true).DetachFromDisposeScope();
        }
        return weights;
    }
}
