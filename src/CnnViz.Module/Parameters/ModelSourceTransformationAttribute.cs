using System.Management.Automation;

namespace CnnViz.Parameters;

/// <summary>
/// Lets a parameter of one or several <see cref="ModelSource"/> take what users have: a model, a name, a path, a file from Get-ChildItem, or a result that carries its
/// model. Nothing is read here.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ModelSourceTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject { BaseObject: object[] list } ? list : inputData) is object[] several
            ? Array.ConvertAll(several, item => Source(engineIntrinsics, item))
            : Source(engineIntrinsics, inputData);

    private static ModelSource? Source(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapper ? wrapper.BaseObject : inputData) switch
        {
            null => null,
            ModelSource source => source,
            CnnModel model => ModelSource.FromModel(model),
            FileSystemInfo file => ModelSource.Parse(file.FullName),
            string text => FromText(engineIntrinsics.SessionState.Path, text),
            { } thing => FromProperties(PSObject.AsPSObject(inputData)) ?? throw NoModel(thing),
        };

    /// <summary>A known name, or a file relative to PowerShell's location; anything else stays as it is, for the error of opening it.</summary>
    internal static ModelSource FromText(PathIntrinsics paths, string text)
    {
        if (ModelSource.KnownNames.Contains(text, StringComparer.OrdinalIgnoreCase))
            return ModelSource.Parse(text);
        try
        {
            var path = SessionPaths.ResolveLiteral(paths, text);
            // A file of that name in the folder that the process was started in is not meant.
            return ModelSource.Parse(File.Exists(path) || File.Exists(text) ? path : text);
        }
        catch (CnnVizException)
        {
            return ModelSource.Parse(text);
        }
    }

    private static ModelSource? FromProperties(PSObject thing) => thing.Properties["Model"]?.Value switch
    {
        CnnModel model => ModelSource.FromModel(model),
        PSObject { BaseObject: CnnModel model } => ModelSource.FromModel(model),
        _ => null,
    };

    private static ArgumentTransformationMetadataException NoModel(object thing) =>
        new($"A {thing.GetType().Name} is no model. Expected a CnnModel from Import-CnnModel, a name ({string.Join(", ", ModelSource.KnownNames)}), or the path of a model file.");
}
