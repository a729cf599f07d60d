using System.CommandLine;
using CnnViz.Cli.Output;
using CnnViz.Files;

namespace CnnViz.Cli.Commands;

/// <summary>Joins the results of a command that several machines computed, each with its <c>--shard</c>.</summary>
internal sealed class MergeCommand : CliCommand
{
    private readonly Argument<string> _directory = new("folder") { Description = "The folder that --directory named: it holds the folders of all shards." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The folder to make; left out, 'merged' in the folder of the shards.", HelpName = "folder" };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Replace the folder where it is there already." };

    public MergeCommand()
        : base("merge", "Joins the results of all shards of a command: tables one behind the other, robustness by what was counted, pictures into one folder.",
            "cnnviz saliency photos/*.jpg --model mobilenet_v2 --shard 1/2 --directory maps",
            "cnnviz saliency photos/*.jpg --model mobilenet_v2 --shard 2/2 --directory maps",
            "cnnviz merge maps --output all")
    {
        Add(_directory);
        Add(_output);
        Add(_force);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var directory = context.Arguments.GetRequiredValue(_directory);
        var target = Path.GetFullPath(context.Arguments.GetValue(_output) ?? Path.Join(directory, "merged"));
        var force = context.Arguments.GetValue(_force);
        if (File.Exists(target) || (Directory.Exists(target) && !force))
            throw Errors.OutputExists(target);
        var temporary = Path.Join(Path.GetDirectoryName(target), $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        OutputFile.MakeFolder(temporary);
        try
        {
            var merged = ShardResult.Merge(directory, temporary);
            Json.Save(Path.Join(temporary, ShardResult.FileName), merged);
            if (force && Directory.Exists(target))
                Directory.Delete(target, recursive: true);
            Directory.Move(temporary, target);
            context.Report(merged.Errors);
            context.Write(merged.Result, output => output.WriteLine(target));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.OutputUnwritable(target, failure.Message, failure);
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }
}
