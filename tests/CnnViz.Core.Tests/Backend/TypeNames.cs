using System.Reflection;
using System.Runtime.CompilerServices;

namespace CnnViz.Tests.Backend;

/// <summary>Names of types as C# writes them, tuple elements included: <c>nn.Module&lt;Tensor, (Tensor h, long n)?&gt;</c>.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>A type without tuple element names.</summary>
    internal static string Of(Type type) => Name(type, new([]));

    /// <summary>A parameter's (or return value's) type; what is passed by reference is named without the reference.</summary>
    internal static string Of(ParameterInfo parameter) => Name(parameter.ParameterType, Elements(parameter));

    /// <summary>A field's type.</summary>
    internal static string Of(FieldInfo field) => Name(field.FieldType, Elements(field));

    /// <summary>A property's type.</summary>
    internal static string Of(PropertyInfo property) => Name(property.PropertyType, Elements(property));

    /// <summary>A type's name after its namespace: <c>torch.nn.Module&lt;T, TResult&gt;</c>.</summary>
    internal static string Path(Type type) => Path(type, type.GetGenericArguments(), new([]));

    /// <summary>A type's own name with the type parameters that it adds itself.</summary>
    internal static string Own(Type type) => Path(type)[(type.IsNested ? Path(type.DeclaringType!).Length + 1 : 0)..];

    // The compiler keeps the names of a signature's tuple elements in one list, each tuple's before those of the tuples inside it.
    private static Queue<string?> Elements(ICustomAttributeProvider member) =>
        new(member.GetCustomAttributes(false).OfType<TupleElementNamesAttribute>().SelectMany(attribute => attribute.TransformNames));

    private static string Name(Type type, Queue<string?> elements)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsByRef)
            return Name(type.GetElementType()!, elements);
        if (type.IsPointer)
            return Name(type.GetElementType()!, elements) + "*";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!, elements)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying, elements) + "?";
        if (type.IsAssignableTo(typeof(ITuple)) && type.IsValueType)
            return Tuple(type.GetGenericArguments(), elements);
        var path = Path(type, type.GetGenericArguments(), elements);
        if (type.Namespace == "TorchSharp.Modules")
            return "Modules." + path;
        return path.StartsWith("torch.", StringComparison.Ordinal) ? path["torch.".Length..] : path;
    }

    private static string Tuple(Type[] types, Queue<string?> elements)
    {
        var names = types.Select(_ => elements.TryDequeue(out var name) ? name : null).ToArray();
        return $"({string.Join(", ", types.Zip(names, (type, name) => $"{Name(type, elements)} {name}".TrimEnd()))})";
    }

    // A nested type's arguments begin with those of the types around it.
    private static string Path(Type type, Type[] arguments, Queue<string?> elements)
    {
        var outer = type.DeclaringType is { } declaring && !type.IsGenericParameter ? declaring : null;
        var prefix = outer is null ? "" : Path(outer, arguments, elements) + ".";
        var own = arguments[(outer?.GetGenericArguments().Length ?? 0)..type.GetGenericArguments().Length];
        var name = type.Name.Split('`')[0];
        return prefix + (own.Length > 0 ? $"{name}<{string.Join(", ", own.Select(argument => Name(argument, elements)))}>" : name);
    }
}
