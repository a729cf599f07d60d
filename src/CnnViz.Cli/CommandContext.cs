using System.CommandLine;
using CnnViz.Cli.Output;
using CnnViz.Running;

namespace CnnViz.Cli;

/// <summary>One run of a command: its arguments, and where results, messages, progress and errors go.</summary>
internal sealed class CommandContext
{
    private readonly bool _isQuiet;
    private readonly List<string> _errors = [];

    public CommandContext(ParseResult arguments, bool isJson, bool isQuiet, CancellationToken cancellation)
    {
        (Arguments, IsJson, _isQuiet, Cancellation) = (arguments, isJson, isQuiet, cancellation);
        Output = arguments.InvocationConfiguration.Output;
        Error = arguments.InvocationConfiguration.Error;
    }

    public ParseResult Arguments { get; }

    /// <summary>Whether the result is wanted as JSON.</summary>
    public bool IsJson { get; }

    /// <summary>Cancelled on Ctrl+C.</summary>
    public CancellationToken Cancellation { get; }

    public TextWriter Output { get; }

    /// <summary>The code to end with: the first failure's, and of what was interrupted that.</summary>
    public int ExitCode { get; private set; } = Cli.ExitCode.Done;

    /// <summary>The shard that is computed; null for the whole.</summary>
    public ShardRun? Shard { get; set; }

    private TextWriter Error { get; }

    /// <summary>Does something; an error is reported and the caller may go on with the next item.</summary>
    /// <returns>False where it failed.</returns>
    public bool Attempt(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            Interrupt("Interrupted.");
            return false;
        }
        catch (Exception exception) when (ErrorTranslation.Translate(exception, $"cnnviz {Arguments.CommandResult.Command.Name}") is { } error)
        {
            var text = $"CnnViz.{error.ErrorId}: {ErrorWording.ForCommandLine(error.Message)}";
            _errors.Add(text);
            Error.WriteLine($"error {text}");
            Fail(error.Category == CnnErrorCategory.InvalidArgument ? Cli.ExitCode.WrongArguments : Cli.ExitCode.Failed);
            return false;
        }
    }

    /// <summary>A line for the user, unless <c>--quiet</c>.</summary>
    public void Message(string text)
    {
        if (!_isQuiet)
            Error.WriteLine(text);
    }

    /// <summary>Notes that Ctrl+C ended the work early.</summary>
    public void Interrupt(string message)
    {
        Message(message);
        Fail(Cli.ExitCode.Interrupted);
    }

    /// <summary>The result: as JSON where that is wanted, else as the command writes it for a reader.</summary>
    public void Write(object result, Action<TextWriter> forReader)
    {
        if (Shard is { } part)
        {
            var shared = new ShardResult(Arguments.CommandResult.Command.Name, part.Fingerprint, part.Folder.Shard.ToString(), _errors, Json.ToNode(result));
            Json.Save(Path.Join(part.Folder.Path, ShardResult.FileName), shared);
        }
        if (IsJson)
            Json.Write(Output, result);
        else
            forReader(Output);
    }

    /// <summary>What a run is told: progress on standard error, and Ctrl+C.</summary>
    public RunOptions RunOptions(ProgressLine? progress) => new() { Progress = progress, Cancellation = Cancellation };

    /// <summary>The progress on standard error; null where it is not wanted. Dispose it before anything else is written.</summary>
    public ProgressLine? ShowProgress() => _isQuiet ? null : new ProgressLine(Error, isTerminal: ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected);

    /// <summary>Errors that were met elsewhere.</summary>
    public void Report(IEnumerable<string> errors)
    {
        foreach (var error in errors)
        {
            Error.WriteLine($"error {error}");
            Fail(Cli.ExitCode.Failed);
        }
    }

    private void Fail(int code)
    {
        if (ExitCode == Cli.ExitCode.Done || code == Cli.ExitCode.Interrupted)
            ExitCode = code;
    }
}
