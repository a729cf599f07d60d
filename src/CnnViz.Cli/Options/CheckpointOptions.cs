using System.CommandLine;
using CnnViz.Running;

namespace CnnViz.Cli.Options;

/// <summary>The options that say where a run keeps its state, and whether it goes on from there.</summary>
internal sealed class CheckpointOptions
{
    private readonly Option<string?> _path;
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on where the checkpoint was left." };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="description">What is kept in the file, and when.</param>
    public CheckpointOptions(Command command, string description)
    {
        _path = new Option<string?>("--checkpoint-path") { Description = description, HelpName = "file" };
        command.Add(_path);
        command.Add(_resume);
    }

    /// <summary>What was given, checked before the run starts.</summary>
    /// <param name="context">The command's run.</param>
    /// <param name="force">Whether a file that is there already may be replaced.</param>
    /// <exception cref="CnnVizException">As <see cref="Checkpoint.CheckPath"/>.</exception>
    public (string? Path, bool Resume) Check(CommandContext context, bool force)
    {
        var (path, resume) = (context.Arguments.GetValue(_path), context.Arguments.GetValue(_resume));
        Checkpoint.CheckPath(path, resume, force);
        return (path, resume);
    }
}
