using System.CommandLine;
using System.CommandLine.Parsing;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using CnnViz.Networks;

namespace CnnViz.Cli.Options;

/// <summary>An option whose type is known only when the program runs.</summary>
internal abstract class RecordOption
{
    private const int LongestChoice = 8;

    public abstract Option Option { get; }

    /// <summary>Makes the option of a property.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="type">The property's type; a list is given as <c>a,b</c> or by repeating the option.</param>
    /// <param name="defaultValue">The property's value where the option is not given.</param>
    public static RecordOption Create(string name, string description, Type type, object? defaultValue)
    {
        var isList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        var optionType = isList ? typeof(List<>).MakeGenericType(type.GetGenericArguments()) : typeof(Single<>).MakeGenericType(type);
        return (RecordOption)Activator.CreateInstance(optionType, name, description, defaultValue)!;
    }

    /// <summary>Whether it stands on the command line.</summary>
    public bool IsGiven(ParseResult arguments) => arguments.GetResult(Option) is { Implicit: false };

    /// <summary>The value that was given.</summary>
    public abstract object? Value(ParseResult arguments);

    /// <summary>Types of our own say themselves how they are written; null for all others.</summary>
    private static MethodInfo? Parser(Type type)
    {
        var own = Nullable.GetUnderlyingType(type) ?? type;
        return own.Namespace?.StartsWith(nameof(CnnViz), StringComparison.Ordinal) == true ? own.GetMethod("Parse", [typeof(string), typeof(IFormatProvider)]) : null;
    }

    private sealed class Single<T> : RecordOption
    {
        private readonly Option<T> _option;

        public Single(string name, string description, object? defaultValue)
        {
            _option = new Option<T>(name) { Description = description };
            if (Parser(typeof(T)) is { } parse)
                _option.CustomParser = result => Parse(result, parse);
            // The names of a long enumeration would make the help's first column as wide.
            if (typeof(T).IsEnum && Enum.GetNames(typeof(T)).Length > LongestChoice)
                _option.HelpName = "name";
            // A switch is off, and what is left out is left out: neither is worth a word in the help.
            if (defaultValue is not (null or false))
                _option.DefaultValueFactory = _ => (T)defaultValue;
        }

        public override Option Option => _option;

        public override object? Value(ParseResult arguments) => arguments.GetValue(_option);

        private static T? Parse(ArgumentResult result, MethodInfo parse)
        {
            try
            {
                return (T?)parse.Invoke(null, [result.Tokens[0].Value, CultureInfo.InvariantCulture]);
            }
            catch (TargetInvocationException failure) when (failure.InnerException is FormatException wrong)
            {
                result.AddError(wrong.Message);
                return default;
            }
        }
    }

    private sealed class List<T> : RecordOption
    {
        private readonly Option<T[]> _option;

        public List(string name, string description, object? defaultValue)
        {
            _option = new Option<T[]>(name) { Description = description, CustomParser = Parse, Arity = ArgumentArity.OneOrMore };
            if (typeof(T).IsEnum)
            {
                _option.HelpName = "a,b,c";
                _option.Description = $"{description} {string.Join(", ", Enum.GetNames(typeof(T)))}.";
                _option.CompletionSources.Add(_ => Enum.GetNames(typeof(T)).Select(value => new System.CommandLine.Completions.CompletionItem(value)));
            }
            if (defaultValue is IReadOnlyList<T> { Count: > 0 } list)
                _option.DefaultValueFactory = _ => [.. list];
        }

        public override Option Option => _option;

        public override object? Value(ParseResult arguments) => arguments.GetValue(_option);

        private static T[] Parse(ArgumentResult result)
        {
            var parse = Parser(typeof(T));
            var converter = TypeDescriptor.GetConverter(typeof(T));
            var values = new System.Collections.Generic.List<T>();
            foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
            {
                try
                {
                    values.Add((T)(parse is null ? converter.ConvertFromString(null, CultureInfo.InvariantCulture, text) : parse.Invoke(null, [text, CultureInfo.InvariantCulture]))!);
                }
                catch (TargetInvocationException failure) when (failure.InnerException is FormatException wrong)
                {
                    result.AddError(wrong.Message);
                }
                catch (Exception failure) when (failure is ArgumentException or FormatException or NotSupportedException)
                {
                    result.AddError($"'{text}' is no value for {((OptionResult)result.Parent!).Option.Name}: expected {Expected(text)}.");
                }
            }
            return [.. values];
        }

        private static string Expected(string text) => typeof(T).IsEnum
            ? $"names as a,b,c; the nearest: {string.Join(", ", NearestNames.Of(text, Enum.GetNames(typeof(T))))}"
            : $"{typeof(T).Name} values as a,b,c";
    }
}
