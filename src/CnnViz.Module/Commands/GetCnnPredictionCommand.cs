using System.Management.Automation;
using CnnViz.Reading;

namespace CnnViz.Commands;

/// <summary>Says what a model sees in pictures: the most probable classes of each.</summary>
[Cmdlet(VerbsCommon.Get, "CnnPrediction", DefaultParameterSetName = ImagePipeline)]
[OutputType(typeof(Prediction))]
public sealed class GetCnnPredictionCommand : ImageCommand
{
    /// <summary>How many classes to name, the most probable first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = new PredictionOptions().Top;

    /// <inheritdoc/>
    protected override IEnumerable<object> Read(CnnModel model, IReadOnlyList<CnnImage> images) =>
        Predictor.Predict(model, images, new PredictionOptions { Top = Top, Preprocessing = Preprocessing }).SelectMany(predictions => predictions);
}
