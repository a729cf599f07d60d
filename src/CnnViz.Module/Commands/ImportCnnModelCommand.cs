using System.Management.Automation;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>Gives a model: a built-in one, an architecture with random weights, or one from a file.</summary>
[Cmdlet(VerbsData.Import, "CnnModel", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CnnModel))]
public sealed class ImportCnnModelCommand : CnnCommand
{
    private const string NameSet = nameof(Name);
    private const string PathSet = nameof(Path);
    private const string LiteralPathSet = nameof(LiteralPath);

    /// <summary>A built-in model, an architecture, or a path without wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The paths of model files, wildcards allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The paths of model files, in which * ? and [ are letters of the name.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Where it is to compute: cpu, cuda or cuda:N.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = "cpu";

    /// <summary>The seed of random weights.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public long Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name)
            Attempt(() => Write(ModelSourceTransformationAttribute.FromText(SessionState.Path, name)));
        var isLiteral = ParameterSetName == LiteralPathSet;
        foreach (var path in isLiteral ? LiteralPath : Path)
        {
            Attempt(() =>
            {
                foreach (var file in ResolveInput(path, isLiteral))
                    Attempt(() => Write(FromFile(file)));
            });
        }
    }

    private static ModelSource FromFile(string file) => File.Exists(file) ? ModelSource.Parse(file) : throw Errors.FileNotFound(file);

    private void Write(ModelSource source) => WriteObject(Compute(() => source.Open(Device, Seed)));
}
