using System.Management.Automation;
using CnnViz.Runtime;

namespace CnnViz.Commands;

/// <summary>
/// Puts the libraries that compute beside the module: builds them against the libtorch of this machine, or fetches libtorch from NuGet, whichever the module was
/// packed for. What is in place already is left alone.
/// </summary>
[Cmdlet(VerbsLifecycle.Install, "CnnRuntime", SupportsShouldProcess = true)]
[OutputType(typeof(RuntimeReport))]
public sealed class InstallCnnRuntimeCommand : CnnCommand
{
    /// <summary>Builds or fetches again what is in place already, such as after libtorch was updated.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        if (!ShouldProcess(RuntimeInstaller.Directory, "Install the runtime"))
            return;
        using (var progress = ShowProgress())
        {
            RuntimeInstaller.Install(new RuntimeInstallOptions
            {
                Force = Force,
                Progress = progress,
                Message = text => WriteInformation(text, [nameof(CnnViz)]),
                Cancellation = Cancellation,
            });
        }
        WriteObject(Compute(() => RuntimeInspection.Inspect(measureSpeed: false, Cancellation)));
    }
}
