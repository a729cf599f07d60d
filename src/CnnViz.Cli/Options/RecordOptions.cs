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
    /// <param name="command">The command.</param>
    /// <param name="shared">Options that another record has added already: those of the same names serve both.</param>
    /// <param name="only">The names of the properties that are options; null for all that are described.</param>
    public RecordOptions(Command command, IEnumerable<RecordOption>? shared = null, IReadOnlyCollection<string>? only = null)
    {
        var defaults = new T();
        foreach (var property in typeof(T).GetProperties())
        {
            if (property.GetCustomAttribute<DescriptionAttribute>() is not { } description || only?.Contains(property.Name) == false)
                continue;
            var name = $"--{KebabCase.Of(property.Name)}";
            var option = shared?.FirstOrDefault(known => known.Option.Name == name);
            if (option is null)
            {
                option = RecordOption.Create(name, description.Description, property.PropertyType, property.GetValue(defaults));
                command.Add(option.Option);
            }
            _options.Add((property, option));
        }
    }

    /// <summary>The options, those that are shared too.</summary>
    public IEnumerable<RecordOption> All => _options.Select(pair => pair.Option);

    /// <summary>The record with what was given.</summary>
    public T Bind(ParseResult arguments)
    {
        var record = new T();
        foreach (var (property, option) in _options)
        {
            // The defaults are the record's own; only what was given is set.
            if (option.IsGiven(arguments))
                property.SetValue(record, option.Value(arguments));
        }
        return record;
    }
}
