using System.CommandLine;

namespace CnnViz.Cli.Options;

/// <summary>The options that say which model, and where it computes.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> _model = new("--model", "-m")
    {
        Description = "A model file (.safetensors), a built-in model or an architecture by its name.",
        Required = true,
        HelpName = "file|name",
    };

    private readonly Option<string> _device = new("--device") { Description = "cpu, cuda or cuda:N.", DefaultValueFactory = _ => "cpu" };

    private readonly Option<long> _seed = new("--seed") { Description = "The seed of the random weights of an architecture that is given by its name.", DefaultValueFactory = _ => 0 };

    /// <summary>Adds the options to a command.</summary>
    public ModelOptions(Command command)
    {
        _model.CompletionSources.Add(_ => ModelSource.KnownNames);
        command.Add(_model);
        command.Add(_device);
        command.Add(_seed);
    }

    /// <summary>Reads the model; the caller disposes it.</summary>
    /// <exception cref="CnnVizException"><c>ModelNotFound</c>, <c>ModelFileInvalid</c>, <c>DeviceUnknown</c>, <c>RuntimeMissing</c>.</exception>
    public CnnModel Open(ParseResult arguments) =>
        ModelSource.Parse(arguments.GetRequiredValue(_model)).Open(arguments.GetRequiredValue(_device), arguments.GetRequiredValue(_seed));
}
