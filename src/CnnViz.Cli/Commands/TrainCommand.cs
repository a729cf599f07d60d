using System.CommandLine;
using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Data;
using CnnViz.Files;
using CnnViz.Networks.Weights;
using CnnViz.Training;

namespace CnnViz.Cli.Commands;

/// <summary>Trains LeNet-5, or any model, and writes the model. Ctrl+C keeps the last whole epoch: the model file is written then, too.</summary>
internal sealed class TrainCommand : CliCommand
{
    private readonly RecordOptions<LeNetTrainingOptions> _leNet;
    private readonly RecordOptions<ModelTrainingOptions> _options;
    private readonly ModelOptions _model;

    private readonly Option<string> _output = new("--output", "-o") { Description = "The model file to write (.safetensors).", Required = true, HelpName = "file" };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Replace a file that is there already." };
    private readonly CheckpointOptions _checkpoint;

    public TrainCommand()
        : base("train", "Trains LeNet-5, or with --model any model. Ctrl+C ends it early and keeps the last whole epoch.",
            "cnnviz train --output lenet5.safetensors",
            "cnnviz train --dataset data/mnist --epoch 12 --augment --output mnist.safetensors",
            "cnnviz train --model mobilenet_v2.pth --dataset pets --freeze 'features.*' --validation-split 0.1 --output pets.safetensors",
            "cnnviz train --variant LeCun1998 --checkpoint-path run.checkpoint --resume --output lecun.safetensors")
    {
        _leNet = new RecordOptions<LeNetTrainingOptions>(this);
        _options = new RecordOptions<ModelTrainingOptions>(this, _leNet.All);
        _model = new ModelOptions(this, isRequired: false, [.. _leNet.All, .. _options.All]);
        Add(_output);
        Add(_force);
        _checkpoint = new CheckpointOptions(this, "A file that the state of the training is kept in, epoch by epoch.");
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var path = context.Arguments.GetRequiredValue(_output);
        var force = context.Arguments.GetValue(_force);
        OutputFile.CheckFree(path, force);
        var (checkpoint, resume) = _checkpoint.Check(context, force);

        using var model = Train(context, checkpoint, resume);
        if (model is null)
        {
            context.Interrupt("Interrupted before the first epoch was done; nothing was saved.");
            return;
        }
        ModelFile.Save(model, path, force);
        if (context.Cancellation.IsCancellationRequested)
            context.Interrupt($"Interrupted; the model as it was after epoch {model.History.Count} is saved.");
        context.Message($"Wrote {path}");
        context.Write(
            new { model.Name, model.Architecture, model.InputShape, model.ClassCount, model.ParameterCount, model.WeightsHash, model.Labels, model.History, Files = new[] { path } },
            output => TextTable.Write(output, model.History,
                ("Epoch", epoch => epoch.Epoch.ToString(CultureInfo.InvariantCulture)),
                ("Loss", epoch => Text(epoch.Loss, "0.0000")),
                ("Train", epoch => Text(epoch.TrainAccuracy, "0.00 %")),
                ("Validation", epoch => Text(epoch.ValidationAccuracy, "0.00 %")),
                ("Test", epoch => Text(epoch.TestAccuracy, "0.00 %")),
                ("Binary", epoch => Text(epoch.BinaryAccuracy, "0.00 %")),
                ("Rate", epoch => Text(epoch.LearningRate, "0.######")),
                ("Seconds", epoch => Text(epoch.Seconds, "0.0"))));
    }

    private CnnModel? Train(CommandContext context, string? checkpoint, bool resume)
    {
        var arguments = context.Arguments;
        var isLeNet = !_model.IsGiven(arguments);
        IEnumerable<RecordOption> general = [.. _options.All, .. _model.Details];
        var stray = (isLeNet ? general.Except(_leNet.All) : _leNet.All.Except(general)).FirstOrDefault(option => option.Option.Name != "--dataset" && option.IsGiven(arguments));
        if (stray is not null)
            throw Errors.ArgumentInvalid(stray.Option.Name, "given", isLeNet ? "--model with it: LeNet-5 does not take it" : "no --model with it: it is LeNet-5's");
        var leNet = _leNet.Bind(arguments);
        var data = Datasets.Open(leNet.Dataset);
        using var model = isLeNet ? null : _model.Open(context);
        using var progress = context.ShowProgress();
        var run = context.RunOptions(progress) with { CheckpointPath = checkpoint, Resume = resume };
        return model is null ? LeNetTraining.Train(data, leNet, run) : ModelTraining.Train(model, data, _options.Bind(arguments), run);
    }

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
