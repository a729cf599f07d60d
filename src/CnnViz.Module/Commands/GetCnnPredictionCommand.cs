using System.Management.Automation;
using CnnViz.Reading;

namespace CnnViz.Commands;

/// <summary>Says what a model sees in pictures: the most probable classes of each.</summary>
[Cmdlet(VerbsCommon.Get, "CnnPrediction", DefaultParameterSetName = ImagePipeline)]
[OutputType(typeof(Prediction))]
public sealed class GetCnnPredictionCommand : ImageCommand<PredictionOptions>
{
    /// <summary>How many classes to name, the most probable first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = new PredictionOptions().Top;

    /// <inheritdoc/>
    protected override PredictionOptions Options => new() { Top = Top, Preprocessing = Mode };

    /// <inheritdoc/>
    protected override IEnumerable<object> Read(CnnModel model, IReadOnlyList<CnnImage> images, PredictionOptions options) =>
        Predictor.Predict(model, images, options).SelectMany(predictions => predictions);
}
