using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CnnViz.Objectives;

namespace CnnViz.Parameters;

/// <summary>
/// Makes an objective of what users give: a text, a table such as <c>@{ Layer = 'features.28'; Channel = 66; Weight = 2 }</c>, an objective, or a list of these, which
/// is their sum. In a table the key is the word of the text: <c>Channel</c>, <c>Neuron</c>, <c>Direction</c>, <c>Norm</c>, <c>Class</c> and so on.
/// </summary>
internal static class ObjectiveArgument
{
    private const string Layer = nameof(Layer);
    private const string Weight = nameof(Weight);
    private const string Cosine = nameof(Cosine);

    /// <summary>The objective, checked against a model.</summary>
    /// <param name="argument">As the user gave it.</param>
    /// <param name="model">The model that it is asked of.</param>
    /// <param name="inputShape">The shape of the pictures, <c>[C, H, W]</c>; null where it is not known yet.</param>
    /// <param name="resolvePath">Finds the files of directions, which may be relative to the session's location.</param>
    /// <exception cref="CnnVizException">As <see cref="Objective.Parse"/>.</exception>
    public static Objective Parse(object? argument, CnnModel model, int[]? inputShape, Func<string, string> resolvePath) => Unwrap(argument) switch
    {
        Objective objective => objective,
        string text => Objective.Parse(text, model, inputShape, resolvePath),
        IDictionary table => Objective.Parse(Text(table), model, inputShape, resolvePath),
        IEnumerable terms when terms.Cast<object?>().ToArray() is { Length: > 0 } several =>
            several.Select(term => Parse(term, model, inputShape, resolvePath)).Aggregate((sum, term) => sum + term),
        var other => throw Errors.ObjectiveInvalid(Convert.ToString(other, CultureInfo.InvariantCulture) ?? "", "", "a text such as 'channel features.28 66', a table such as @{ Layer = 'features.28'; Channel = 66 }, or a list of these"),
    };

    /// <summary>The objectives where all are made already, as those that results bring along; else none.</summary>
    public static Objective[] Made(object?[]? arguments) =>
        arguments is not null && Array.ConvertAll(arguments, Unwrap) is var values && Array.TrueForAll(values, value => value is Objective) ? [.. values.Cast<Objective>()] : [];

    /// <summary>The text that a table means.</summary>
    private static string Text(IDictionary table)
    {
        var values = table.Keys.Cast<object>().ToDictionary(key => $"{key}", key => Written(table[key]), StringComparer.OrdinalIgnoreCase);
        string[] words = [.. values.Keys.Except([Layer, Weight, Cosine], StringComparer.OrdinalIgnoreCase)];
        if (words.Length > 1)
        {
            throw Errors.ObjectiveInvalid(
                string.Join("; ", values.Select(pair => $"{pair.Key} = {pair.Value}")), words[1], $"one of {string.Join(", ", ObjectiveParser.Words)} in a table, beside {Layer}, {Weight} and {Cosine}");
        }
        var term = $"{words.FirstOrDefault(Layer)} {values.GetValueOrDefault(Layer)} {(words is [var word] ? values[word] : "")}";
        var sharpened = values.TryGetValue(Cosine, out var power) ? $"{term} {Cosine} {power}" : term;
        return values.TryGetValue(Weight, out var weight) ? $"{weight} * {sharpened}" : sharpened;
    }

    /// <summary>A value as the text has it: numbers with commas between, nothing for what is merely switched on.</summary>
    private static string Written(object? value) => Unwrap(value) switch
    {
        true => "",
        string text => text,
        CnnTensor tensor => Written(tensor.Data),
        IEnumerable several => string.Join(',', several.Cast<object?>().Select(Written)),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };

    private static object? Unwrap(object? value) => value is PSObject wrapper ? wrapper.BaseObject : value;
}
