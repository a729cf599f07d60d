using System.CommandLine;
using CnnViz.Cli.Options;
using CnnViz.Files;
using CnnViz.Reporting;

namespace CnnViz.Cli.Commands;

/// <summary>Writes a page of pictures with how they were made.</summary>
internal sealed class ReportCommand : CliCommand
{
    private readonly ImageArgument _images;
    private readonly Option<string> _output = new("--output", "-o") { Description = "The page, .html by custom.", Required = true, HelpName = "file" };
    private readonly Option<string> _title = new("--title") { Description = "The heading of the page.", DefaultValueFactory = _ => SessionReport.UsualTitle };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Replace a file that is there already." };

    public ReportCommand()
        : base("report", "Writes pictures as one HTML page that holds all it shows, each with the settings and the recipe that stand in its file.",
            "cnnviz report dream.png sheet.png --output report.html")
    {
        _images = new ImageArgument(this);
        Add(_output);
        Add(_title);
        Add(_force);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var path = context.Arguments.GetRequiredValue(_output);
        var force = context.Arguments.GetValue(_force);
        OutputFile.CheckFree(path, force);
        CnnImage[] images = [.. _images.Read(context)];
        if (images.Length == 0)
            throw Errors.NothingToReport(path);
        SessionReport.Make(images, context.Arguments.GetRequiredValue(_title)).Save(path, force);
        context.Write(new { Page = path, Pictures = images.Length }, output => output.WriteLine($"{path}: {images.Length} {(images.Length == 1 ? "picture" : "pictures")}"));
    }
}
