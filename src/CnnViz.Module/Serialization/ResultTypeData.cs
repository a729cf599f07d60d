using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CnnViz.Serialization;

/// <summary>
/// What PowerShell is told of results so that they come through jobs, remoting and Export-Clixml as what they were. The types live in a load context of their own,
/// where a types file could not find them by name; CnnViz.psm1 hands this over as objects.
/// </summary>
public static class ResultTypeData
{
    /// <summary>The property that holds the whole result as text; hidden, so that neither Get-Member nor ConvertTo-Json shows it.</summary>
    internal const string Serialized = nameof(Serialized);

    /// <summary>For each type of result what it sends, and what is made of what is received.</summary>
    public static IReadOnlyList<TypeData> All => [.. ResultJson.Types.SelectMany(type => new[] { Sent(type), Received(type) }), Plain(typeof(CnnModel))];

    /// <summary>The getter of <see cref="Serialized"/>, as PowerShell wants it.</summary>
    /// <param name="result">The result.</param>
    public static string Write(PSObject result) => ResultJson.Write(result.BaseObject);

    /// <summary>Plain values, which a process without this module can read, and the whole as text.</summary>
    private static TypeData Sent(Type type)
    {
        var data = Plain(type, Serialized);
        data.Members[Serialized] = new CodePropertyData(Serialized, typeof(ResultTypeData).GetMethod(nameof(Write))) { IsHidden = true };
        data.TypeConverter = typeof(ResultConverter);
        return data;
    }

    /// <summary>The values that say something by themselves.</summary>
    private static TypeData Plain(Type type, params string[] more)
    {
        var plain = type.GetProperties().Where(property => property.GetIndexParameters().Length == 0 && IsPlain(property.PropertyType)).Select(property => property.Name);
        return new TypeData(type.FullName)
        {
            SerializationMethod = "SpecificProperties",
            PropertySerializationSet = new PropertySetData([.. plain, .. more]),
            TypeAdapter = ResultAdapter.IsFor(type) ? typeof(ResultAdapter) : null,
            IsOverride = true,
        };
    }

    private static TypeData Received(Type type) => new($"Deserialized.{type.FullName}") { TargetTypeForDeserialization = type, IsOverride = true };

    private static bool IsPlain(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value.IsPrimitive || value.IsEnum || value == typeof(string) || value == typeof(int[]) || value == typeof(IReadOnlyList<string>);
    }
}
