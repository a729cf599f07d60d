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
    public static IReadOnlyList<string> BuiltIn { get; } = ["lenet5-digits"];

    /// <summary>All names that can be opened.</summary>
    public static IReadOnlyList<string> KnownNames { get; } = [.. BuiltIn, .. Architectures.Names];

    /// <summary>A model that is there; it stays its owner's.</summary>
    public static ModelSource FromModel(CnnModel model) => new(model.Name, model);

    /// <summary>A built-in name, an architecture, or the path of a model file.</summary>
    public static ModelSource Parse(string nameOrPath) => new(nameOrPath, null);

    /// <summary>Gives the model; reads it where it is not there yet, and then it belongs to the caller.</summary>
    /// <param name="device">The device it is to compute on: <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <param name="seed">The seed of random weights, for an architecture by name.</param>
    /// <exception cref="CnnVizException"><c>ModelNotFound</c>, <c>ModelFileInvalid</c>, <c>DeviceUnknown</c>.</exception>
    public CnnModel Open(string device = "cpu", long seed = 0)
    {
        if (_model is not null)
            return _model;
        TorchSetup.Ensure();
        var target = Devices.Parse(device);
        if (File.Exists(Name))
            return ModelFile.Load(Name, new ModelFileOptions { Device = target });
        if (ModelFile.TryLoadBuiltIn(Name, target) is { } builtIn)
            return builtIn;
        if (Architectures.Find(Name) is { } architecture)
            return CnnModel.CreateRandom(architecture.Build(), seed, target, architecture.Preprocessing);
        throw Errors.ModelNotFound(Name, KnownNames);
    }

    /// <summary>The name or path.</summary>
    public override string ToString() => Name;
}
