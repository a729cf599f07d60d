using System.Management.Automation;

namespace CnnViz.Parameters;

/// <summary>What a result of another cmdlet brings along for the next one.</summary>
internal static class ResultInput
{
    /// <summary>The picture and the model of a result.</summary>
    /// <param name="result">The result, as it came down the pipeline.</param>
    /// <param name="parameter">The parameter that it came to.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: it lacks one of them.</exception>
    public static (ImageSource Image, ModelSource Model) Of(PSObject result, string parameter) =>
        Property(result, "Image") is CnnImage image && Property(result, "Model") is CnnModel model
            ? (ImageSource.FromTensor(image), ModelSource.FromModel(model))
            : throw Errors.ArgumentInvalid(parameter, result, "a result with its picture and model; give -Model where pictures are piped, and -Image where models are");

    private static object? Property(PSObject result, string name) => result.Properties[name]?.Value is var value && value is PSObject wrapper ? wrapper.BaseObject : value;
}
