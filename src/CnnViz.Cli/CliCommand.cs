using System.CommandLine;
using CnnViz.Cli.Options;

namespace CnnViz.Cli;

/// <summary>What every command shares: <c>--json</c>, <c>--quiet</c>, errors on standard error with their ids, Ctrl+C, exit codes.</summary>
internal abstract class CliCommand : Command
{
    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON to standard output." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No messages and no progress; errors only." };

    private ShardOptions? _shards;

    /// <summary>Names the command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="examples">Command lines that work as they stand, for the help.</param>
    protected CliCommand(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        Examples = examples;
        // On a thread of its own: the library listens for Ctrl+C only once this has returned.
        SetAction((result, cancellation) => Task.Run(() => Execute(result, cancellation), CancellationToken.None));
    }

    /// <summary>Command lines that work as they stand.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Does what the command is for; throws what <see cref="Errors"/> makes.</summary>
    protected abstract void Run(CommandContext context);

    /// <summary>Adds the options of a command over many pictures, which machines can share.</summary>
    protected void AddShardOptions() => _shards = new ShardOptions(this);

    /// <summary>Adds the options that all commands have; the last thing that a constructor does, so that they stand last in the help.</summary>
    protected void AddCommonOptions()
    {
        Add(_json);
        Add(_quiet);
    }

    private int Execute(ParseResult result, CancellationToken cancellation)
    {
        var context = new CommandContext(result, result.GetValue(_json), result.GetValue(_quiet), cancellation);
        context.Attempt(() =>
        {
            if (_shards is null)
                Run(context);
            else
                _shards.Run(context, () => Run(context));
        });
        return context.ExitCode;
    }
}
