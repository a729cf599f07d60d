using System.Management.Automation;
using System.Reflection;
using Newtonsoft.Json;

namespace CnnViz.Serialization;

/// <summary>
/// Shows PowerShell the properties of a result without those that are marked as none of a text's: the numbers of a tensor, the live model. They are there for who
/// names them (<c>$map.Values.Data</c>); <c>ConvertTo-Json</c> and <c>Get-Member</c> pass them by.
/// </summary>
public sealed class ResultAdapter : PSPropertyAdapter
{
    /// <summary>Whether a type has such properties.</summary>
    internal static bool IsFor(Type type) => type.GetProperties().Any(IsLive);

    /// <inheritdoc/>
    public override System.Collections.ObjectModel.Collection<PSAdaptedProperty> GetProperties(object baseObject) =>
        [.. Properties(baseObject).Select(property => new PSAdaptedProperty(property.Name, property))];

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName) =>
        Properties(baseObject).FirstOrDefault(property => property.Name.Equals(propertyName, StringComparison.OrdinalIgnoreCase)) is { } found
            ? new PSAdaptedProperty(found.Name, found)
            : null;

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => Of(adaptedProperty).SetMethod is { IsPublic: true };

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) => Of(adaptedProperty).GetValue(adaptedProperty.BaseObject);

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value)
    {
        var property = Of(adaptedProperty);
        property.SetValue(adaptedProperty.BaseObject, LanguagePrimitives.ConvertTo(value, property.PropertyType, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) => Of(adaptedProperty).PropertyType.FullName!;

    private static PropertyInfo Of(PSAdaptedProperty adapted) => (PropertyInfo)adapted.Tag;

    private static IEnumerable<PropertyInfo> Properties(object result) =>
        result.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0 && !IsLive(property));

    private static bool IsLive(PropertyInfo property) => property.IsDefined(typeof(JsonIgnoreAttribute));
}
