using System.Management.Automation;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>Takes labelled pictures out of a dataset, one by one.</summary>
[Cmdlet(VerbsCommon.Get, "CnnSample")]
[OutputType(typeof(CnnImage))]
public sealed class GetCnnSampleCommand : CnnCommand
{
    /// <summary>The dataset: a name (digits, patterns), a folder, or what Import-CnnDataset gives.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(DatasetNameCompleter))]
    public object Dataset { get; set; } = "";

    /// <summary>Train, what a network learns from, or Test, what it is judged by. Test unless told, Train where there is no test part.</summary>
    [Parameter]
    public DatasetSplit? Split { get; set; }

    /// <summary>The pictures' numbers, from 0.</summary>
    [Parameter]
    public int[]? Index { get; set; }

    /// <summary>Only this class, by its label or its number.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DatasetClassCompleter))]
    public string? Class { get; set; }

    /// <summary>At most so many.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>Takes them in a random order that this seed determines.</summary>
    [Parameter]
    public long? Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var splits = DatasetArgument.Open(SessionState.Path, Dataset);
        var samples = splits.Part(Split).Sample(new SampleOptions { Index = Index, Class = Class, First = First, Seed = Seed });
        WriteVerbose($"{samples.Count:N0} pictures of {samples.Name}.");
        for (var index = 0; index < samples.Count; index++)
        {
            Cancellation.ThrowIfCancellationRequested();
            Attempt(() => WriteObject(samples.GetImage(index)));
        }
    }
}
