using System.ComponentModel;
using System.Management.Automation;
using CnnViz.Networks;
using CnnViz.Parameters;
using CnnViz.Runtime;

namespace CnnViz.Commands;

/// <summary>What the cmdlets share that work with a model: how it is given, and that one given by name or path is read once for the whole pipeline.</summary>
/// <remarks>A model that was read here is not disposed here: the results carry it to the next cmdlet.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ModelCommand : CnnCommand
{
    private ModelSource? _source;
    private CnnModel? _model;

    /// <summary>Where a model given by name or path is to compute: cpu, cuda or cuda:N.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string? Device { get; set; }

    /// <summary>The numbers that a model given by name or path is to compute with: Float32, or BFloat16 for half the memory.</summary>
    [Parameter]
    public Precision? Precision { get; set; }

    /// <summary>The model that a source gives.</summary>
    /// <exception cref="CnnVizException">As <see cref="ModelSource.Open"/>; <c>ArgumentInvalid</c>: it is there already, on another device or in other numbers.</exception>
    protected CnnModel Open(ModelSource source)
    {
        if (_model is null || !ReferenceEquals(source, _source))
        {
            _model = Compute(() => source.Open(new ModelImportOptions
            {
                Device = Device ?? "cpu",
                Precision = Precision,
                Message = WriteVerbose,
                Cancellation = Cancellation,
            }));
            _source = source;
            foreach (var warning in _model.Warnings)
                WriteWarning(warning);
        }
        if (Device is not null && _model.Device != Devices.Parse(Device).ToString())
            throw Errors.ArgumentInvalid(nameof(Device), Device, $"{_model.Device}, where {_model.Name} is: import it with -Device to have it elsewhere");
        if (Precision is not null && _model.Precision != Precision)
            throw Errors.ArgumentInvalid(nameof(Precision), Precision, $"{_model.Precision}, as {_model.Name} has it: import it with -Precision for others");
        return _model;
    }

    /// <summary>Warns of an architecture whose weights say nothing, once it is opened.</summary>
    protected void WarnOfRandomWeights(ModelSource source, CnnModel model)
    {
        if (source.IsArchitecture && model.Network.Parameters.Any(parameter => parameter.Spec.IsTrainable && parameter.Spec.Initial is not Initializer.Values))
            WriteWarning($"'{source}' is an architecture: its weights are random here. Import-CnnModel -Pretrained gives it those that it was published with.");
    }

    /// <summary>Says under -Verbose that a picture comes into the colours of a model.</summary>
    protected void SayConversion(CnnModel model, ImageSource source, int channelCount)
    {
        if (channelCount == model.Preprocessing.ChannelCount)
            return;
        WriteVerbose(model.Preprocessing.ChannelCount == 1
            ? $"{source}: in colour, and {model.Name} takes grey: its luma is used."
            : $"{source}: grey, and {model.Name} takes colour: it becomes three equal channels.");
    }
}
