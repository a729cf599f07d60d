using System.Management.Automation;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>Lists the architectures that Import-CnnModel builds by name: year, parameters, input, and what is known of their published weights.</summary>
[Cmdlet(VerbsCommon.Get, "CnnArchitecture")]
[OutputType(typeof(ArchitectureInfo))]
public sealed class GetCnnArchitectureCommand : CnnCommand
{
    /// <summary>The names, wildcards allowed; left out, all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ArchitectureCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name)
            Attempt(() => WriteObject(ArchitectureInfo.Find(name), enumerateCollection: true));
    }
}
