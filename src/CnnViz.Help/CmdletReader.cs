using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace CnnViz.Help;

/// <summary>Reads the declarations of a module's cmdlets. Nothing of PowerShell runs: attributes are read as data, and defaults from new instances.</summary>
internal static class CmdletReader
{
    /// <summary>The cmdlets of an assembly, by name.</summary>
    /// <param name="path">The assembly; what it needs lies beside it.</param>
    public static IReadOnlyList<CmdletFacts> Read(string path) =>
    [
        .. from type in Assembly.LoadFrom(Path.GetFullPath(path)).GetExportedTypes()
           let cmdlet = Find(type, nameof(CmdletAttribute))
           where cmdlet is not null
           let facts = Read(type, cmdlet)
           orderby facts.Name
           select facts,
    ];

    private static CmdletFacts Read(Type type, CustomAttributeData cmdlet)
    {
        var instance = Activator.CreateInstance(type)!;
        var parameters =
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            let uses = Uses(property)
            where uses.Count > 0
            select Read(property, uses, instance);
        if (Named(cmdlet, "SupportsShouldProcess") is true)
            parameters = parameters.Concat([Risk("WhatIf", "wi"), Risk("Confirm", "cf")]);
        ParameterFacts[] all = [.. parameters];
        var defaultSet = (string?)Named(cmdlet, "DefaultParameterSetName");
        string?[] sets = [.. all.SelectMany(parameter => parameter.Uses).Select(use => use.Set).Where(set => set is not null).Distinct().Order(StringComparer.Ordinal)];
        return new(
            $"{cmdlet.ConstructorArguments[0].Value}-{cmdlet.ConstructorArguments[1].Value}", defaultSet, sets is [] ? [null] : [.. sets.OrderBy(set => set != defaultSet)], all, Outputs(type));
    }

    private static ParameterFacts Read(PropertyInfo property, IReadOnlyList<ParameterUse> uses, object instance)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        string[] aliases = Find(property, nameof(AliasAttribute)) is { } alias ? Texts(alias.ConstructorArguments[0]) : [];
        var isRequired = uses.All(use => use.IsRequired);
        return new(property.Name, type.Name, aliases, Values(property, type), isRequired ? "None" : Text(property.GetValue(instance), type),
            Find(property, nameof(SupportsWildcardsAttribute)) is not null, uses,
            $"P:{Definition(property.DeclaringType!).FullName}.{property.Name}");
    }

    private static ParameterFacts Risk(string name, string alias) =>
        new(name, nameof(SwitchParameter), [alias], null, "False", false, [new(null, false, null, false, false)], null);

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static IReadOnlyList<ParameterUse> Uses(PropertyInfo property) =>
    [
        .. from attribute in property.GetCustomAttributesData()
           where attribute.AttributeType.Name == nameof(ParameterAttribute)
           select new ParameterUse(
               (string?)Named(attribute, "ParameterSetName"), Named(attribute, "Mandatory") is true, (int?)Named(attribute, "Position"),
               Named(attribute, "ValueFromPipeline") is true, Named(attribute, "ValueFromPipelineByPropertyName") is true),
    ];

    private static IReadOnlyList<string> Outputs(Type type) =>
    [
        .. from attribute in type.GetCustomAttributesData()
           where attribute.AttributeType.Name == nameof(OutputTypeAttribute)
           from argument in (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!
           select ((Type)argument.Value!).FullName!,
    ];

    private static string? Values(PropertyInfo property, Type type)
    {
        var item = type.GetElementType() ?? type;
        if (item.IsEnum)
            return string.Join(", ", Enum.GetNames(item));
        if (Find(property, nameof(ValidateSetAttribute)) is { } set)
            return string.Join(", ", Texts(set.ConstructorArguments[0]));
        return Find(property, nameof(ValidateRangeAttribute)) is { } range ? Range(range.ConstructorArguments[0].Value!, range.ConstructorArguments[1].Value!) : null;
    }

    private static string Range(object smallest, object largest) => (smallest, largest) switch
    {
        (double.Epsilon, _) => $"above 0, to {Text(largest)}",
        (_, int.MaxValue or long.MaxValue) => $"{Text(smallest)} or more",
        _ => $"{Text(smallest)} to {Text(largest)}",
    };

    private static string Text(object? value, Type type) => type.Name == nameof(SwitchParameter) ? "False" : value switch
    {
        null or "" or ICollection { Count: 0 } => "None",
        IEnumerable several and not string => string.Join(", ", several.Cast<object>().Select(Text)),
        _ => Text(value),
    };

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string[] Texts(CustomAttributeTypedArgument several) =>
        [.. ((IEnumerable<CustomAttributeTypedArgument>)several.Value!).Select(argument => (string)argument.Value!)];

    private static CustomAttributeData? Find(MemberInfo member, string name) => member.GetCustomAttributesData().FirstOrDefault(attribute => attribute.AttributeType.Name == name);

    private static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;
}
