using CnnViz.Objectives;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace CnnViz.Serialization;

/// <summary>What of a result is written: what can be set. The rest follows from it.</summary>
internal sealed class ResultContract : DefaultContractResolver
{
    /// <inheritdoc/>
    protected override IList<JsonProperty> CreateProperties(Type type, MemberSerialization memberSerialization) =>
        [.. base.CreateProperties(type, memberSerialization).Where(property => property.Writable)];

    /// <inheritdoc/>
    protected override JsonProperty CreateProperty(System.Reflection.MemberInfo member, MemberSerialization memberSerialization)
    {
        var property = base.CreateProperty(member, memberSerialization);
        // Objectives are of several kinds, each of which has to be named.
        if (property.PropertyType == typeof(Objective))
            property.TypeNameHandling = TypeNameHandling.Objects;
        if (property.PropertyType == typeof(IReadOnlyList<Objective>))
            property.ItemTypeNameHandling = TypeNameHandling.Objects;
        // The result of a recipe that was run again is of many kinds; a model stays behind, as everywhere.
        if (property.PropertyType == typeof(object))
        {
            property.TypeNameHandling = TypeNameHandling.Objects;
            property.ShouldSerialize = owner => property.ValueProvider!.GetValue(owner) is not CnnModel;
        }
        return property;
    }
}
