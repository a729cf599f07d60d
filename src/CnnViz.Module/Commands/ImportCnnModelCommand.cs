using System.Management.Automation;
using CnnViz.Networks;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>Gives a model: a built-in one, an architecture with its published or with random weights, or one from a file.</summary>
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

    /// <summary>With the weights that the architecture was published with. They are downloaded once, checked, and kept in the cache.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter Pretrained { get; set; }

    /// <summary>Without the network: published weights come from the cache, or are an error.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter Offline { get; set; }

    /// <summary>The classes to tell apart. Another number than the model has gives it a new head with random weights: the start of transfer learning.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ClassCount { get; set; }

    /// <summary>The seed of random weights.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <summary>The architecture of a weight file; left out, the one that its entries fit.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ArchitectureCompleter))]
    public string? Architecture { get; set; }

    /// <summary>
    /// The numbers that the weights of a file were trained with: Own, those of the architecture; Caffe, blue, green, red from 0 to 255, as the VGG of neural-style
    /// takes them.
    /// </summary>
    [Parameter]
    public InputNormalization Normalization { get; set; }

    /// <summary>A file with the names of the classes: one a line, or JSON as a list or as Keras' class index.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>Where it is to compute: cpu, cuda or cuda:N.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = new ModelImportOptions().Device;

    /// <summary>
    /// The numbers to compute with: Float32, or BFloat16 for half the memory. Left out, an exported model has those that it had, and all others Float32.
    /// Pictures and results are float32 in any case.
    /// </summary>
    [Parameter]
    public Precision? Precision { get; set; }

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

    private void Write(ModelSource source)
    {
        using var progress = ShowProgress();
        var model = Compute(() => source.Open(new ModelImportOptions
        {
            Pretrained = Pretrained,
            Offline = Offline,
            ClassCount = ClassCount,
            Seed = Seed,
            Architecture = Architecture,
            Normalization = Normalization,
            Label = Label is null ? null : ResolveFile(Label),
            Device = Device,
            Precision = Precision,
            Progress = progress,
            Message = WriteVerbose,
            Cancellation = Cancellation,
        }));
        foreach (var warning in model.Warnings)
            WriteWarning(warning);
        WriteObject(model);
    }
}
