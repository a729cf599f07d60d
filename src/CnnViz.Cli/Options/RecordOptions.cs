using System.CommandLine;
using System.ComponentModel;
using System.Reflection;

namespace CnnViz.Cli.Options;

/// <summary>
/// The options that a record of settings describes: each property with a <see cref="DescriptionAttribute"/> is an option of its name in
/// kebab case, with its type, its default and, for an enumeration, its values.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class RecordOptions<T>
    where T : class, new()
{
    private readonly List<(PropertyInfo Property, RecordOption Option)> _options = [];

    /// <summary>Adds the options to a command.</summary>
    public RecordOptions(Command command)
    {
        var defaults = new T();
        foreach (var property in typeof(T).GetProperties())
        {
            if (property.GetCustomAttribute<DescriptionAttribute>() is not { } description)
                continue;
            var option = RecordOption.Create($"--{KebabCase.Of(property.Name)}", description.Description, property.PropertyType, property.GetValue(defaults));
            _options.Add((property, option));
            command.Add(option.Option);
        }
    }

    /// <summary>The record with what was given.</summary>
    public T Bind(ParseResult arguments)
    {
        var record = new T();
        foreach (var (property, option) in _options)
        {
            // The defaults are the record's own; only what was given is set.
            if (arguments.GetResult(option.Option) is { Implicit: false })
                property.SetValue(record, option.Value(arguments));
        }
        return record;
    }
}
