using System.Management.Automation;
using CnnViz.Data;
using CnnViz.Data.Patterns;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>Opens a dataset: the built-in digits or patterns, IDX files (MNIST, Fashion-MNIST, plain or .gz), or a folder of pictures a class.</summary>
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

    /// <summary>Another seed gives other digits or patterns.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public long? Seed { get; set; }

    /// <summary>Rows and columns of the patterns, 64 unless told: the same pictures, finer or coarser.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateRange(PatternPainter.SmallestSize, PatternPainter.LargestSize)]
    public int? Size { get; set; }

    /// <summary>Patterns without grain and without things in front of them: the same pictures, to look at.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter Clean { get; set; }

    /// <inheritdoc/>
    protected override void Process() =>
        WriteObject(ParameterSetName == PathSet ? Datasets.OpenFolder(ResolveFile(Path)) : DatasetArgument.Open(SessionState.Path, Name, Seed, Size, Clean));
}
