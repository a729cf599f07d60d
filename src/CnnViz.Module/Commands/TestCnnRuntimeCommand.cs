using System.Management.Automation;
using CnnViz.Runtime;

namespace CnnViz.Commands;

/// <summary>Reports which TorchSharp and libtorch compute here, whether oneDNN does, how fast they are, and what to do about problems.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CnnRuntime")]
[OutputType(typeof(RuntimeReport))]
public sealed class TestCnnRuntimeCommand : CnnCommand
{
    /// <summary>Leaves out the speed check, which takes about two seconds.</summary>
    [Parameter]
    public SwitchParameter SkipSpeedCheck { get; set; }

    /// <inheritdoc/>
    protected override void End() => WriteObject(Compute(() => RuntimeInspection.Inspect(!SkipSpeedCheck, Cancellation)));
}
