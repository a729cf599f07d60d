using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using CnnViz.Sharding;

namespace CnnViz.Cli.Options;

/// <summary>The options that make a command compute one shard of the whole, into a folder that appears when all of it is there.</summary>
internal sealed class ShardOptions
{
    private readonly Option<string?> _directory;
    private readonly Command _command;
    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "Compute this part alone, such as 2/8, cut between batches; its results go into the folder shard-2-of-8 of --directory. 'cnnviz merge' joins them.",
        HelpName = "i/n",
    };

    /// <summary>Adds the options to a command.</summary>
    public ShardOptions(Command command)
    {
        _command = command;
        if (command.Options.OfType<Option<string?>>().FirstOrDefault(option => option.Name == "--directory") is { } own)
        {
            _directory = own;
        }
        else
        {
            _directory = new("--directory", "-d") { Description = "The folder of the shards.", HelpName = "folder" };
            command.Add(_directory);
        }
        command.Add(_shard);
    }

    /// <summary>Runs the command; of a shard that is done already nothing is computed.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>, <c>OutputUnwritable</c>.</exception>
    public void Run(CommandContext context, Action run)
    {
        if (context.Arguments.GetValue(_shard) is not { } text)
        {
            run();
            return;
        }
        if (!Shard.TryParse(text, null, out var shard))
            throw Errors.ArgumentInvalid("Shard", text, "which one of how many, such as 2/8");
        if (context.Arguments.GetValue(_directory) is not { } directory)
            throw Errors.ArgumentInvalid("Shard", text, "-Directory with it: the folder of all shards");
        if (Output(context.Arguments) is { } output && Path.GetFileName(output) != output)
            throw Errors.ArgumentInvalid("Output", output, "a file name alone: with -Shard the file goes into the shard's folder");
        using var folder = ShardFolder.Begin(directory, shard);
        if (folder is null)
        {
            context.Message($"Shard {shard} is there already: {ShardFolder.NameOf(directory, shard)}");
            return;
        }
        context.Shard = new ShardRun(folder, Fingerprint(context.Arguments));
        run();
        if (context.Cancellation.IsCancellationRequested)
            return;
        folder.Complete();
        context.Message($"Wrote {ShardFolder.NameOf(directory, shard)}");
    }

    private string? Output(ParseResult arguments) =>
        _command.Options.OfType<Option<string?>>().FirstOrDefault(option => option.Name == "--output") is { } output ? arguments.GetValue(output) : null;

    /// <summary>A digest of what the command was given, but for the shard and where its results go: the same for all shards of one run.</summary>
    private string Fingerprint(ParseResult arguments)
    {
        var options = _command.Options
            .Where(option => option != _shard && option != _directory && option.Name is not ("--json" or "--quiet"))
            .Select(option => (option.Name, Result: arguments.GetResult(option)))
            .Where(option => option.Result is { Implicit: false })
            .OrderBy(option => option.Name, StringComparer.Ordinal)
            .Select(option => string.Join('\0', option.Result!.Tokens.Select(token => token.Value).Prepend(option.Name)));
        var pictures = _command.Arguments.SelectMany(argument => arguments.GetResult(argument)?.Tokens ?? []).Select(token => token.Value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', options.Concat(pictures)))));
    }
}
