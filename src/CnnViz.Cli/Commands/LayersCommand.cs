using System.CommandLine;
using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Networks;

namespace CnnViz.Cli.Commands;

/// <summary>Lists the layers of a model with what is known of them without running it.</summary>
internal sealed class LayersCommand : CliCommand
{
    private readonly ModelOptions _model;
    private readonly Option<string> _name = new("--name") { Description = "Only the layers of this name; * and ? stand for any characters.", DefaultValueFactory = _ => "*" };
    private readonly Option<int?> _batchSize = new("--batch-size") { Description = "Pictures computed together, for the multiply-adds and bytes." };

    private readonly Option<int[]> _inputSize = new("--input-size")
    {
        Description = "The size of the input in pixels, height and width or one number for both; left out, the model's own.",
        AllowMultipleArgumentsPerToken = true,
        Arity = new ArgumentArity(1, 2),
    };

    public LayersCommand()
        : base("layers", "Lists the layers of a model: shape, parameters, multiply-adds, receptive field, memory.",
            "cnnviz layers --model lenet5",
            "cnnviz layers --model lenet5-1998 --name 'c*' --json",
            "cnnviz layers --model googlenet --input-size 320 480")
    {
        _model = new ModelOptions(this);
        Add(_name);
        Add(_batchSize);
        Add(_inputSize);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var batchSize = context.Arguments.GetValue(_batchSize) ?? 1;
        if (batchSize < 1)
            throw Errors.ArgumentInvalid("BatchSize", batchSize, "1 or more");
        var size = context.Arguments.GetValue(_inputSize) ?? [];
        if (size.Any(side => side < 1))
            throw Errors.ArgumentInvalid("InputSize", string.Join(',', size), "1 pixel or more");
        using var model = _model.Open(context);
        int[]? inputShape = size.Length == 0 ? null : [model.InputShape[0], size[0], size[^1]];
        var all = NetworkAnalysis.Layers(model.Network, inputShape, batchSize);
        // The input is a node without a row.
        var layers = model.Network.Match(context.Arguments.GetRequiredValue(_name)).Select(position => all[position - 1]).ToArray();
        context.Write(layers, output => TextTable.Write(output, layers,
            ("Name", layer => layer.Name),
            ("Type", layer => layer.Type),
            ("Output", layer => string.Join('×', layer.OutputShape)),
            ("Parameters", layer => Number(layer.ParameterCount)),
            ("Multiply-adds", layer => Number(layer.MultiplyAdds)),
            ("Field", layer => layer.ReceptiveField is { } side ? Number(side) : ""),
            ("Stride", layer => layer.Stride is { } stride ? Number(stride) : ""),
            ("Bytes", layer => Number(layer.ActivationBytes))));
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
