using System.Management.Automation;

namespace CnnViz.Serialization;

/// <summary>Makes a result of what a job, another machine or Import-Clixml gives: a bag of properties, one of which holds the result as text.</summary>
public sealed class ResultConverter : PSTypeConverter
{
    private const string Prefix = "Deserialized.";

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => TypeOf(sourceValue)?.IsAssignableTo(destinationType) == true;

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => Revive((PSObject)sourceValue);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException($"A {sourceValue.GetType().Name} is made of texts, not into other things.");

    /// <summary>The result that a bag of properties was; anything else as it is.</summary>
    /// <param name="value">What a parameter was given.</param>
    public static object Revive(PSObject value) =>
        TypeOf(value) is { } type ? ResultJson.Read((string)value.Properties[ResultTypeData.Serialized].Value, type) : value.BaseObject;

    private static Type? TypeOf(object value) =>
        value is PSObject { TypeNames: [var name, ..] } bag && name.StartsWith(Prefix, StringComparison.Ordinal) && bag.Properties[ResultTypeData.Serialized]?.Value is string
            ? ResultJson.Types.FirstOrDefault(type => type.FullName == name[Prefix.Length..])
            : null;
}
