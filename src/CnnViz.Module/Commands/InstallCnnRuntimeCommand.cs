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
    /// <summary>The NuGet feed to install from: the address of its index.json, or a folder with the package. By default the sources of this machine's NuGet settings.</summary>
    [Parameter]
    public string? Source { get; set; }

    /// <summary>Installs libtorch again.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        if (!ShouldProcess(RuntimeInstaller.Folder, "Install libtorch"))
            return;
        using (var progress = ShowProgress())
        {
            RuntimeInstaller.Install(new RuntimeInstallOptions
            {
                Source = Source is null || Source.Contains("://", StringComparison.Ordinal) ? Source : GetUnresolvedProviderPathFromPSPath(Source),
                Force = Force,
                Progress = progress,
                Message = text => WriteInformation(text, [nameof(CnnViz)]),
                Cancellation = Cancellation,
            });
        }
        WriteObject(Compute(() => RuntimeInspection.Inspect(measureSpeed: false, Cancellation)));
    }
}
