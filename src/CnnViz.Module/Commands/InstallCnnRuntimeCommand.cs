using System.Management.Automation;
using CnnViz.Runtime;

namespace CnnViz.Commands;

/// <summary>
/// Downloads libtorch from NuGet into the user's cache folder. A libtorch that is installed already is left alone.
/// </summary>
[Cmdlet(VerbsLifecycle.Install, "CnnRuntime", SupportsShouldProcess = true)]
[OutputType(typeof(RuntimeReport))]
public sealed class InstallCnnRuntimeCommand : CnnCommand
{
    /// <summary>Downloads and installs libtorch again.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        if (!ShouldProcess(RuntimeInstaller.Folder, "Install the runtime"))
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
