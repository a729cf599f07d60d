using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CnnViz.Synthesis.Style;

namespace CnnViz.Parameters;

/// <summary>Lets a parameter of weighted layers take a table of names and weights; names alone, and names with weights as text, PowerShell converts itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LayerWeightTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapper ? wrapper.BaseObject : inputData) is IDictionary table
            ? table.Keys.Cast<object>().Select(name => new LayerWeight(LanguagePrimitives.ConvertTo<string>(name), Weight(name, table[name]))).ToArray()
            : inputData;

    private static double Weight(object name, object? value) => LanguagePrimitives.TryConvertTo<double>(value, CultureInfo.InvariantCulture, out var weight)
        ? weight
        : throw new ArgumentTransformationMetadataException($"The weight of layer '{name}' is '{value}'. Expected a number.");
}
