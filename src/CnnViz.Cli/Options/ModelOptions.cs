using System.CommandLine;
using CnnViz.Cli.Output;
using CnnViz.Networks;

namespace CnnViz.Cli.Options;

/// <summary>The options that say which model, and where it computes.</summary>
internal sealed class ModelOptions
{
    private const int MostModels = 100;

    private readonly Option<string[]> _model;
    private readonly RecordOptions<ModelImportOptions> _options;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isRequired">Whether it cannot do without a model.</param>
    /// <param name="shared">Options that the command has already: those of the same names serve both.</param>
    /// <param name="takesSeveral">Whether several models may be given, as a,b or by repeating the option.</param>
    public ModelOptions(Command command, bool isRequired = true, IEnumerable<RecordOption>? shared = null, bool takesSeveral = false)
    {
        _model = new Option<string[]>("--model", "-m")
        {
            Description = $"A model file (.safetensors, .pth, .pt), a built-in model or an architecture by its name{(takesSeveral ? "; several as a,b" : "")}.",
            HelpName = "file|name",
            Required = isRequired,
            Arity = new ArgumentArity(1, takesSeveral ? MostModels : 1),
            CustomParser = result => [.. result.Tokens.SelectMany(token => takesSeveral && !File.Exists(token.Value) ? token.Value.Split(',') : [token.Value])],
        };
        _model.CompletionSources.Add(_ => ModelSource.KnownNames);
        command.Add(_model);
        _options = new RecordOptions<ModelImportOptions>(command, shared);
    }

    /// <summary>All but the model itself.</summary>
    public IEnumerable<RecordOption> Details => _options.All;

    /// <summary>Whether a model is named.</summary>
    public bool IsGiven(ParseResult arguments) => arguments.GetResult(_model) is { Implicit: false };

    /// <summary>Reads the model; the caller disposes it.</summary>
    /// <exception cref="CnnVizException">As <see cref="ModelSource.Open"/>.</exception>
    public CnnModel Open(CommandContext context) => Open(context, context.Arguments.GetRequiredValue(_model)[0]);

    /// <summary>Reads the models; the caller disposes them.</summary>
    /// <exception cref="CnnVizException">As <see cref="ModelSource.Open"/>.</exception>
    public OpenModels OpenAll(CommandContext context)
    {
        var models = new OpenModels();
        try
        {
            foreach (var name in context.Arguments.GetRequiredValue(_model))
                models.Add(Open(context, name));
            return models;
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    private CnnModel Open(CommandContext context, string name)
    {
        using var progress = context.ShowProgress();
        var options = _options.Bind(context.Arguments) with
        {
            Progress = progress,
            Message = text => context.Message(ErrorWording.ForCommandLine(text)),
            Cancellation = context.Cancellation,
        };
        var model = ModelSource.Parse(name).Open(options);
        foreach (var warning in model.Warnings)
            context.Message($"warning: {ErrorWording.ForCommandLine(warning)}");
        return model;
    }
}
