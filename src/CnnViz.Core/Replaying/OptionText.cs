using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using CnnViz.Attacks;
using CnnViz.Objectives;
using CnnViz.Synthesis;

namespace CnnViz.Replaying;

/// <summary>
/// Records of settings as texts by name, and back: each property that can be set is one, with its invariant text; a list's values stand between commas, in quotes
/// where they hold one; the settings of a record within have its name in front. What is null or an empty list is left out.
/// </summary>
internal static class OptionText
{
    private const char Quote = '"';

    /// <summary>The texts of a record.</summary>
    /// <param name="options">The record.</param>
    /// <param name="usual">Settings that are the same here are left out; null to write all.</param>
    internal static SortedDictionary<string, string> Write(object options, object? usual = null)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in Settings(options.GetType()))
        {
            if (IsPicture(property.PropertyType))
                continue;
            var (value, other) = (property.GetValue(options), usual is null ? null : property.GetValue(usual));
            if (value is not null && IsRecord(property.PropertyType))
            {
                foreach (var (name, inner) in Write(value, other))
                    texts[$"{property.Name}.{name}"] = inner;
            }
            else if (Of(value) is { } text && (usual is null || text != Of(other)))
            {
                texts[property.Name] = text;
            }
        }
        return texts;
    }

    /// <summary>The record that texts describe; what they leave out is the record's own default, and what it does not know is passed over.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="texts">The texts by name.</param>
    /// <param name="model">The model that objectives are asked of; null where there are none.</param>
    /// <exception cref="FormatException">A text is no value of its property.</exception>
    internal static T Read<T>(IReadOnlyDictionary<string, string> texts, CnnModel? model = null)
        where T : new() => (T)Read(typeof(T), texts, "", model);

    /// <summary>The pictures among a record's settings, by name.</summary>
    internal static IEnumerable<(string Name, CnnTensor Picture)> Pictures(object options) => Settings(options.GetType())
        .Where(property => IsPicture(property.PropertyType))
        .SelectMany(property => property.GetValue(options) switch
        {
            CnnTensor one => [(property.Name, one)],
            IEnumerable<CnnTensor> several => several.Select(picture => (property.Name, picture)),
            _ => Enumerable.Empty<(string, CnnTensor)>(),
        });

    /// <summary>Gives a record the pictures among its settings.</summary>
    /// <param name="options">The record, which is changed.</param>
    /// <param name="find">The pictures of a name; empty for none.</param>
    internal static void SetPictures(object options, Func<string, IReadOnlyList<CnnImage>> find)
    {
        foreach (var property in Settings(options.GetType()).Where(property => IsPicture(property.PropertyType)))
        {
            if (find(property.Name) is { Count: > 0 } pictures)
                property.SetValue(options, typeof(CnnTensor).IsAssignableFrom(property.PropertyType) ? pictures[0] : pictures);
        }
    }

    /// <summary>A value as text; null for nothing and for an empty list.</summary>
    internal static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        // Their own texts are rounded.
        Fraction fraction => Fraction.Parse(fraction.ToString()) == fraction ? fraction.ToString() : fraction.Value.ToString("R", CultureInfo.InvariantCulture),
        ByteSize size => ByteSize.Parse(size.ToString()) == size ? size.ToString() : size.Bytes.ToString(CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(',', list.Cast<object>().Select(item => Quoted(Of(item) ?? ""))) is { Length: > 0 } text ? text : null,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>How a type of our own reads its text: its public <c>Parse</c>; null for all other types.</summary>
    /// <param name="type">The type, nullable or not.</param>
    private static MethodInfo? ParserOf(Type type)
    {
        var own = Nullable.GetUnderlyingType(type) ?? type;
        return IsOwn(own) ? own.GetMethod("Parse", [typeof(string), typeof(IFormatProvider)]) ?? own.GetMethod("Parse", [typeof(string)]) : null;
    }

    private static object Read(Type type, IReadOnlyDictionary<string, string> texts, string prefix, CnnModel? model)
    {
        var record = Activator.CreateInstance(type)!;
        foreach (var property in Settings(type))
        {
            var name = prefix + property.Name;
            if (IsRecord(property.PropertyType))
                property.SetValue(record, Read(property.PropertyType, texts, $"{name}.", model));
            else if (texts.TryGetValue(name, out var text))
                property.SetValue(record, Value(property.PropertyType, name, text, model));
        }
        return record;
    }

    private static object? Value(Type type, string name, string text, CnnModel? model)
    {
        if (ItemOf(type) is { } item)
        {
            var items = Split(text).ToArray();
            var list = Array.CreateInstance(item, items.Length);
            for (var i = 0; i < items.Length; i++)
                list.SetValue(Value(item, name, items[i], model), i);
            return list;
        }
        try
        {
            return type == typeof(Objective) ? Objective.Parse(text, model!)
                : ParserOf(type) is { } parse ? parse.Invoke(null, parse.GetParameters().Length == 1 ? [text] : [text, CultureInfo.InvariantCulture])
                : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
        }
        catch (Exception failure) when (failure is TargetInvocationException or ArgumentException or FormatException or NotSupportedException)
        {
            throw new FormatException($"{name} cannot be '{text}': {(failure.InnerException ?? failure).Message}", failure);
        }
    }

    /// <summary>Values between commas, as tables have them.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var start = 0;
        var isQuoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == Quote)
                isQuoted = !isQuoted;
            if (i < text.Length && (isQuoted || text[i] != ','))
                continue;
            var value = text[start..i];
            yield return value is [Quote, .., Quote] ? value[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : value;
            start = i + 1;
        }
    }

    private static string Quoted(string value) =>
        value.AsSpan().ContainsAny(',', Quote) ? $"{Quote}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}{Quote}" : value;

    private static IEnumerable<PropertyInfo> Settings(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    private static Type? ItemOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static bool IsPicture(Type type) => typeof(CnnTensor).IsAssignableFrom(ItemOf(type) ?? type);

    /// <summary>A record within a record: a class of ours that has settings and no text.</summary>
    private static bool IsRecord(Type type) => type.IsClass && IsOwn(type) && ParserOf(type) is null && type.GetConstructor(Type.EmptyTypes) is not null;

    private static bool IsOwn(Type type) => type.Namespace?.StartsWith(nameof(CnnViz), StringComparison.Ordinal) == true;
}
