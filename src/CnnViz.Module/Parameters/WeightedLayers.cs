using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace CnnViz.Parameters;

/// <summary>Layers with weights as users write them: names, with their weights apart, or <c>@{ name = weight }</c>.</summary>
internal static class WeightedLayers
{
    /// <summary>The names and the weights.</summary>
    /// <param name="layers">Names, or dictionaries of weights by names.</param>
    /// <param name="weights">The weights that were given apart; empty for none.</param>
    /// <returns>As many weights as names, or none at all.</returns>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: weights given twice, or a weight that is no number.</exception>
    public static (string[] Names, double[] Weights) Of(IReadOnlyList<object> layers, double[] weights)
    {
        if (!layers.Any(layer => Unwrap(layer) is IDictionary))
            return ([.. layers.Select(layer => Unwrap(layer).ToString() ?? "")], weights);
        if (weights.Length > 0)
            throw Errors.ArgumentInvalid("LayerWeight", string.Join(',', weights), "to be left out where -Layer is a dictionary that has the weights already");
        var pairs = layers.SelectMany(layer => Unwrap(layer) is IDictionary dictionary
            ? dictionary.Cast<DictionaryEntry>().Select(entry => (Name: Unwrap(entry.Key).ToString() ?? "", Weight: Number(entry.Value)))
            : [(Unwrap(layer).ToString() ?? "", 1)]).ToArray();
        return ([.. pairs.Select(pair => pair.Name)], [.. pairs.Select(pair => pair.Weight)]);
    }

    private static object Unwrap(object value) => value is PSObject wrapper ? wrapper.BaseObject : value;

    private static double Number(object? weight) => LanguagePrimitives.TryConvertTo<double>(weight, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Errors.ArgumentInvalid("Layer", weight, "a number as the weight of a layer");
}
