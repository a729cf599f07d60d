using System.Management.Automation;
using CnnViz.Data;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>Opens a dataset: the built-in digits, IDX files (MNIST, Fashion-MNIST, plain or .gz), or a folder of pictures a class.</summary>
[Cmdlet(VerbsData.Import, "CnnDataset", DefaultParameterSetName = NameSet)]
[OutputType(typeof(DatasetSplits))]
public sealed class ImportCnnDatasetCommand : CnnCommand
{
    private const string NameSet = "Name";
    private const string PathSet = "Path";

    /// <summary>A built-in dataset, or a folder.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(DatasetNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>A folder.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Alias("PSPath", "LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>Another seed gives other digits.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public long? Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process() =>
        WriteObject(ParameterSetName == PathSet ? Datasets.OpenFolder(ResolveFile(Path)) : DatasetArgument.Open(SessionState.Path, Name, Seed));
}
