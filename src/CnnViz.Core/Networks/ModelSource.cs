using CnnViz.Networks;
using CnnViz.Networks.Labels;
using CnnViz.Networks.Pretrained;
using CnnViz.Networks.Weights;
using CnnViz.Networks.Zoo;
using CnnViz.Runtime;

namespace CnnViz;

/// <summary>
/// A model that may not be read yet: a name or a path, or a model that is there. Reading happens in <see cref="Open"/>, so that its errors come
/// where they can be shown.
/// </summary>
public sealed class ModelSource
{
    private readonly CnnModel? _model;

    private ModelSource(string name, CnnModel? model) => (Name, _model) = (name, model);

    /// <summary>The name or path.</summary>
    public string Name { get; }

    /// <summary>The models that are built in with trained weights.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = ["lenet5-digits", "patternnet"];

    /// <summary>All names that can be opened.</summary>
    public static IReadOnlyList<string> KnownNames { get; } = [.. BuiltIn, .. Architectures.Names];

    /// <summary>A model that is there; it stays its owner's.</summary>
    public static ModelSource FromModel(CnnModel model) => new(model.Name, model);

    /// <summary>A built-in name, an architecture, or the path of a model file.</summary>
    public static ModelSource Parse(string nameOrPath) => new(nameOrPath, null);

    /// <summary>True where opening it gives random weights unless others are asked for: an architecture, not yet a model.</summary>
    public bool IsArchitecture => _model is null && !File.Exists(Name) && !BuiltIn.Contains(Name, StringComparer.OrdinalIgnoreCase) && Architectures.Find(Name) is not null;

    /// <summary>Gives the model; reads it where it is not there yet, and then it belongs to the caller.</summary>
    /// <param name="options">What is wanted of it; null for the processor, float32, and random weights where it is an architecture.</param>
    /// <exception cref="CnnVizException"><c>ModelNotFound</c>, <c>ModelFileInvalid</c>, <c>DeviceUnknown</c>, <c>ArgumentInvalid</c>,
    /// <c>WeightsUnknown</c>, <c>WeightsNotCached</c>, <c>WeightsCorrupt</c>, <c>DownloadFailed</c>, <c>LabelFileInvalid</c>.</exception>
    public CnnModel Open(ModelImportOptions? options = null)
    {
        if (_model is not null)
            return _model;
        options ??= new ModelImportOptions();
        if (options.ClassCount is < 1)
            throw Errors.ArgumentInvalid(nameof(options.ClassCount), options.ClassCount, "1 or more");
        TorchSetup.Ensure();
        var labels = options.Label is null ? null : LabelFile.Read(options.Label);
        var model = Read(options);
        try
        {
            if (options.ClassCount is { } count && count != model.ClassCount)
            {
                options.Message?.Invoke($"{model.Name} tells {model.ClassCount} classes apart: it gets a new head for {count}, with random weights of seed {options.Seed}.");
                using var other = model;
                model = Head.Replace(other, count, options.Seed, out _);
            }
            if (options.Precision is { } precision)
                model.ConvertTo(precision);
            if (labels is not null)
            {
                if (labels.Names.Count != model.ClassCount)
                    throw Errors.LabelCountMismatch(model.Name, labels.Names.Count, model.ClassCount);
                model.Classes = labels;
            }
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The name or path.</summary>
    public override string ToString() => Name;

    private CnnModel Read(ModelImportOptions options)
    {
        var device = Devices.Parse(options.Device);
        if (File.Exists(Name))
        {
            if (options.Pretrained)
                throw Errors.ArgumentInvalid(nameof(options.Pretrained), Name, "the name of an architecture with it; a weight file brings its weights");
            options.Message?.Invoke($"Reading {Name}.");
            return ModelFile.Load(Name, new ModelFileOptions { Device = device, Architecture = options.Architecture, Normalization = options.Normalization });
        }
        if (options.Normalization != InputNormalization.Own)
            throw Errors.ArgumentInvalid(nameof(options.Normalization), options.Normalization, $"a weight file with it; '{Name}' is none");
        if (options.Architecture is not null)
            throw Errors.ArgumentInvalid(nameof(options.Architecture), options.Architecture, $"a weight file with it; '{Name}' is none");
        if (ModelFile.TryLoadBuiltIn(Name, device) is { } builtIn)
        {
            options.Message?.Invoke($"{Name} is built in, with its trained weights.");
            return builtIn;
        }
        var architecture = Architectures.Find(Name) ?? throw Errors.ModelNotFound(Name, NearestNames.Of(Name, KnownNames));
        if (!options.Pretrained)
        {
            if (options.Offline)
                throw Errors.ArgumentInvalid(nameof(options.Offline), options.Offline, $"-Pretrained with it: random weights of {architecture.Name} need no network");
            var published = OfficialWeights.Find(architecture.Name) is null ? "." : "; -Pretrained gives it the published ones.";
            options.Message?.Invoke($"{architecture.Name} has random weights of seed {options.Seed}{published}");
            return CnnModel.CreateRandom(architecture.Build(options.ClassCount), options.Seed, device, architecture.Preprocessing);
        }
        var weights = OfficialWeights.Find(architecture.Name) ?? throw Errors.WeightsUnknown(architecture.Name, OfficialWeights.All.Select(known => known.Architecture));
        var path = WeightsCache.Default.Get(weights, new WeightsOptions
        {
            Offline = options.Offline,
            Progress = options.Progress,
            Message = options.Message,
            Cancellation = options.Cancellation,
        });
        options.Message?.Invoke($"{architecture.Name} has the weights of {path}, which are those of {weights.Address}.");
        try
        {
            return ModelFile.Load(path, new ModelFileOptions { Device = device, Architecture = architecture.Name });
        }
        catch (CnnVizException damage) when (damage.ErrorId is "ModelFileInvalid" or "WeightsMismatch")
        {
            throw Errors.CachedWeightsDamaged(path, damage);
        }
    }
}
