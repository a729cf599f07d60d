using System.Management.Automation;
using CnnViz.Files;
using CnnViz.Reporting;

namespace CnnViz.Commands;

/// <summary>
/// Writes results and pictures as one HTML page that holds all it shows: a section for each picture that they are of, with predictions, maps, curves, settings and
/// recipes. It is read offline, on a wide screen or a phone, in light or in the dark.
/// </summary>
[Cmdlet(VerbsData.Export, "CnnReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCnnReportCommand : PictureCommand
{
    private readonly List<object> _things = [];

    /// <summary>The file, .html by custom.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <summary>The heading of the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = SessionReport.UsualTitle;

    /// <summary>Replaces a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        Require(() => OutputFile.CheckFree(ResolveFile(Path), Force || IsWhatIf));
    }

    /// <inheritdoc/>
    protected override void Take(Picture picture, PSObject item)
    {
        if (item.BaseObject is IEnumerable<RobustnessPoint> points)
            _things.AddRange(points);
        else
            _things.Add(Picture.Of(item.BaseObject) is null ? picture.Values : item.BaseObject);
    }

    /// <inheritdoc/>
    private protected override void TakeOther(object? thing)
    {
        if (thing is not null && SessionReport.Shows(thing))
            _things.Add(thing);
        else
            WriteWarning($"{Errors.NotAPicture(thing).Message} It is left out of the report.");
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        var path = ResolveFile(Path);
        if (_things.Count == 0)
            throw Errors.NothingToReport(path);
        if (!ShouldProcess(path, $"Write a report of {_things.Count} results"))
            return;
        SessionReport.Make(_things, Title, Drawing).Save(path, Force);
        WriteVerbose($"Saved '{path}'.");
        if (PassThru)
            WriteObject(new FileInfo(path));
    }

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var asked) && asked is SwitchParameter { IsPresent: true };
}
