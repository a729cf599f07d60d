using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CnnViz.Tests.Backend;

/// <summary>
/// Writes the public and protected types and members of TorchSharp's namespaces, one a line and in C#'s own words,
/// as tests/data/torchsharp-0.106.0.txt has them: <c>TorchSharp.torch.Tensor :: Tensor add(Tensor target, Scalar alpha)</c>.
/// </summary>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Every line of the assembly's API, in no particular order.</summary>
    internal static IEnumerable<string> Of(Assembly assembly) =>
        from type in assembly.GetTypes()
        where IsTorchSharp(type) && IsVisible(type)
        from text in Members(type).Prepend(Header(type))
        select $"{type.Namespace}.{TypeNames.Path(type)} :: {text}";

    private static bool IsTorchSharp(Type type) => $"{type.Namespace}.".StartsWith("TorchSharp.", StringComparison.Ordinal);

    private static bool IsVisible(Type type) =>
        type.IsNested ? (type.IsNestedPublic || IsProtected(type)) && IsVisible(type.DeclaringType!) : type.IsPublic;

    private static bool IsProtected(Type type) => type.IsNestedFamily || type.IsNestedFamORAssem;

    private static bool IsDelegate(Type type) => type.BaseType == typeof(MulticastDelegate);

    private static string Header(Type type)
    {
        var name = TypeNames.Own(type);
        if (IsDelegate(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {TypeNames.Of(invoke.ReturnParameter)} {name}({Parameters(invoke)}){Constraints(type.GetGenericArguments())}";
        }
        if (type.IsEnum)
            return $"enum {name} : {TypeNames.Of(type.GetEnumUnderlyingType())}";
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        return $"{(IsProtected(type) ? "protected " : "")}{kind} {name}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (IsDelegate(type))
            return [];
        if (type.IsEnum)
            return from field in type.GetFields() where field.IsLiteral select $"{field.Name} = {Literal(field.GetRawConstantValue())}";
        var properties = type.GetProperties(Declared);
        var accessors = properties.SelectMany(property => property.GetAccessors(nonPublic: true));
        return
        [
            .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(Field),
            .. type.GetConstructors(Declared).Where(IsVisible).Select(Constructor),
            .. properties.Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible)).Select(Property),
            .. type.GetMethods(Declared).Where(IsVisible).Except(accessors).Select(Method),
        ];
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Field(FieldInfo field)
    {
        var access = field.IsPublic ? "" : "protected ";
        return field.IsLiteral
            ? $"{access}const {TypeNames.Of(field)} {field.Name} = {Literal(field.GetRawConstantValue())}"
            : $"{access}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeNames.Of(field)} {field.Name}";
    }

    private static string Constructor(ConstructorInfo constructor) =>
        $"{Access(constructor)}new {TypeNames.Own(constructor.DeclaringType!)}({Parameters(constructor)}){Obsolete(constructor)}";

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToArray();
        var widest = accessors.FirstOrDefault(accessor => accessor.IsPublic) ?? accessors[0];
        var name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{Parameters(index)}]" : property.Name;
        var listed = accessors.Select(accessor =>
            (accessor.IsPublic == widest.IsPublic ? "" : "protected ") + (accessor == property.GetMethod ? "get; " : "set; "));
        return $"{Modifiers(widest)}{TypeNames.Of(property)} {name} {{ {string.Concat(listed)}}}";
    }

    private static string Method(MethodInfo method)
    {
        var name = IsOperator(method) ? "operator " + method.Name["op_".Length..] : method.Name;
        var generic = method.GetGenericArguments();
        var arguments = generic.Length > 0 ? $"<{string.Join(", ", generic.Select(TypeNames.Of))}>" : "";
        var signature = $"{name}{arguments}({Parameters(method)}){Constraints(generic)}";
        return $"{Modifiers(method)}{TypeNames.Of(method.ReturnParameter)} {signature}{Obsolete(method)}";
    }

    // "op_" marks the language's own operators and F#'s, which C# does not call special.
    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Obsolete(MethodBase method) => method.IsDefined(typeof(ObsoleteAttribute)) ? " [Obsolete]" : "";

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        var isOverride = method.IsVirtual && !method.Attributes.HasFlag(MethodAttributes.NewSlot);
        var inheritance = method switch
        {
            { IsStatic: true } => "static ",
            { DeclaringType.IsInterface: true } => "",
            { IsFinal: true } => isOverride ? "sealed override " : "",
            { IsAbstract: true } => isOverride ? "abstract override " : "abstract ",
            { IsVirtual: true } => isOverride ? "override " : "virtual ",
            _ => "",
        };
        return Access(method) + inheritance;
    }

    private static string Parameters(MethodBase method)
    {
        var text = Parameters(method.GetParameters());
        return method.IsDefined(typeof(ExtensionAttribute)) ? "this " + text : text;
    }

    private static string Parameters(IEnumerable<ParameterInfo> parameters) => string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passing = parameter.ParameterType.IsByRef ? parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref "
            : parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params "
            : "";
        return $"{passing}{TypeNames.Of(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : "")}";
    }

    private static string Default(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var value = parameter.RawDefaultValue;
        if (value is null)
            return type == parameter.ParameterType && type.IsValueType ? "default" : "null";
        return type.IsEnum ? $"{TypeNames.Of(type)}.{Enum.ToObject(type, value)}" : Literal(value);
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        char letter => $"'{letter}'",
        float number => number.ToString(CultureInfo.InvariantCulture) + "f",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(Type[] parameters) => string.Concat(parameters.Select(Constraint));

    private static string Constraint(Type parameter)
    {
        var flags = parameter.GenericParameterAttributes;
        var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        var terms = parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(TypeNames.Of).ToList();
        if (isStruct)
            terms.Insert(0, "struct");
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            terms.Insert(0, "class");
        if (!isStruct && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            terms.Add("new()");
        return terms.Count > 0 ? $" where {parameter.Name} : {string.Join(", ", terms)}" : "";
    }
}
