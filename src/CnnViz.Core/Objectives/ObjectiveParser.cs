using System.Globalization;
using CnnViz.Networks;
using CnnViz.Networks.Labels;

namespace CnnViz.Objectives;

/// <summary>
/// Objectives as users write them. A term is a word and what belongs to it, with or without a weight in front; several are joined by <c> + </c> or
/// <c> - </c>, with spaces around:
/// <code>
/// class dragonfly                    the logit of a class: index, label, WordNet id
/// probability 319                    the logarithm of its probability
/// channel features.28 66             the mean of a channel
/// neuron features.28 66,7,7          one value of it: channel, row, column; the middle where only the channel is given
/// layer features.28                  the mean of a layer; norm, halfsquare and meansquare measure it otherwise
/// direction conv5 0.1,-2,…           how far channels point there: a number a channel, or a .npy file; cosine 2 behind it sharpens
/// diversity conv4                    how different the pictures of a batch are
/// tv [squared]                       the roughness of the picture
/// imagenorm [p] [around grey]        its distance from grey to the power p; inf for the largest
/// </code>
/// </summary>
public static class ObjectiveParser
{
    private const string Infinity = "inf";
    private const string LayerExpected = "a layer, such as those that Get-CnnLayer lists";

    private static readonly Dictionary<string, LayerMeasure> Measures = new(StringComparer.OrdinalIgnoreCase)
    {
        ["layer"] = LayerMeasure.Mean,
        ["norm"] = LayerMeasure.Norm,
        ["halfsquare"] = LayerMeasure.HalfSquare,
        ["meansquare"] = LayerMeasure.MeanSquare,
    };

    /// <summary>The words behind which a class stands.</summary>
    public static IReadOnlyList<string> ClassWords { get; } = ["class", "probability"];

    /// <summary>The words behind which a layer stands.</summary>
    public static IReadOnlyList<string> LayerWords { get; } = ["channel", "neuron", .. Measures.Keys, "direction", "diversity"];

    /// <summary>The words that a term may begin with.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. ClassWords, .. LayerWords, "tv", "imagenorm"];

    /// <summary>The word for a measure of a layer.</summary>
    internal static string Word(LayerMeasure measure) => Measures.First(pair => pair.Value == measure).Key;

    /// <summary>Understands a text; whether the model has what it asks for, <see cref="Objective.Check"/> says.</summary>
    /// <param name="text">The text.</param>
    /// <param name="model">The model whose classes are meant.</param>
    /// <param name="resolvePath">Gives the path of a file that the text names.</param>
    /// <exception cref="CnnVizException"><c>ObjectiveInvalid</c>; <c>ClassUnknown</c>, <c>ClassAmbiguous</c>, <c>IndexOutOfRange</c>; <c>ModelWithoutClasses</c>; as <see cref="ImageSource.ReadTensor"/>.</exception>
    internal static Objective Parse(string text, CnnModel model, Func<string, string> resolvePath)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var terms = new List<Objective>();
        var (first, sign) = (0, 1.0);
        for (var i = 0; i <= words.Length; i++)
        {
            // A sign in front of the first term is its own.
            if (i < words.Length && (i == 0 || words[i] is not ("+" or "-")))
                continue;
            terms.Add(Weighted(words[first..i], sign, text, model, resolvePath));
            (first, sign) = (i + 1, i < words.Length && words[i] == "-" ? -1 : 1);
        }
        return terms is [var only] ? only : terms.Aggregate((sum, term) => sum + term);
    }

    private static Objective Weighted(string[] words, double sign, string text, CnnModel model, Func<string, string> resolvePath)
    {
        // The star may touch its neighbours.
        var term = string.Join(' ', words);
        var star = term.IndexOf('*', StringComparison.Ordinal);
        var weight = sign;
        if (star >= 0 && double.TryParse(term.AsSpan(0, star), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor))
        {
            if (!double.IsFinite(factor))
                throw Errors.ObjectiveInvalid(text, term[..star].Trim(), "a weight that is a number");
            (weight, term) = (sign * factor, term[(star + 1)..]);
        }
        var objective = Term(new DescriptionWords(term, Errors.ObjectiveInvalid), model, resolvePath);
        return weight == 1 ? objective : weight * objective;
    }

    private static Objective Term(DescriptionWords words, CnnModel model, Func<string, string> resolvePath)
    {
        var word = words.OneOf(Words);
        Objective objective = word switch
        {
            "class" => Class(words, model),
            "probability" => Class(words, model) with { IsProbability = true },
            "channel" => new ChannelObjective(Layer(words), words.Count("the channel", 0)),
            "neuron" => Neuron(words),
            "direction" => Direction(words, resolvePath),
            "diversity" => new DiversityObjective(Layer(words)),
            "tv" => new TotalVariation(!words.IsAtEnd && words.OneOf(["squared"]) == "squared"),
            "imagenorm" => Norm(words),
            _ => new LayerObjective(Layer(words), Measures[word]),
        };
        if (!words.IsAtEnd)
            _ = words.OneOf([]);
        return objective;
    }

    private static string Layer(DescriptionWords words) => words.Next(LayerExpected);

    private static ClassObjective Class(DescriptionWords words, CnnModel model)
    {
        if (!model.Network.HasClasses)
            throw Errors.ModelWithoutClasses(model.Name, model.Network.Nodes[^1].Name);
        const string expected = "a class: an index, a label or a WordNet id";
        var wanted = words.Rest(expected);
        return new ClassObjective(ClassSelector.Parse(wanted, model).Class
            ?? throw Errors.ObjectiveInvalid(words.Text, wanted, $"{expected}; which class is the most probable depends on the picture, and -Target asks that"));
    }

    private static NeuronObjective Neuron(DescriptionWords words)
    {
        const string expected = "a channel, or channel,row,column";
        var layer = Layer(words);
        var place = words.Next(expected);
        var parts = place.Split(',');
        var numbers = Array.ConvertAll(parts, part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null);
        return numbers is [{ } channel, ..] && numbers.Length is 1 or 3 && !parts.Where((part, i) => numbers[i] is null && part.Length > 0).Any()
            ? new NeuronObjective(layer, channel, numbers.Length == 3 ? numbers[1] : null, numbers.Length == 3 ? numbers[2] : null)
            : throw Errors.ObjectiveInvalid(words.Text, place, expected);
    }

    private static DirectionObjective Direction(DescriptionWords words, Func<string, string> resolvePath)
    {
        const string expected = "a number for each channel as 0.5,-1,2, or a .npy file";
        var layer = Layer(words);
        var values = words.Next(expected);
        float[] direction = values.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
            ? ImageSource.FromPath(resolvePath(values)).ReadTensor().Data
            : Array.ConvertAll(values.Split(','), part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
                ? value
                : throw Errors.ObjectiveInvalid(words.Text, part, expected));
        var power = 0.0;
        if (!words.IsAtEnd && words.OneOf(["cosine"]) is not null)
            power = words.Number("the power of the cosine");
        return new DirectionObjective(layer, direction, power);
    }

    private static ImageNorm Norm(DescriptionWords words)
    {
        var norm = new ImageNorm();
        if (words.IsAtEnd)
            return norm;
        var next = words.Next("a power");
        if (!next.Equals("around", StringComparison.OrdinalIgnoreCase))
        {
            if (next.Equals(Infinity, StringComparison.OrdinalIgnoreCase))
                norm = norm with { Power = double.PositiveInfinity };
            else if (double.TryParse(next, NumberStyles.Float, CultureInfo.InvariantCulture, out var power) && power >= 1 && double.IsFinite(power))
                norm = norm with { Power = power };
            else
                throw Errors.ObjectiveInvalid(words.Text, next, $"a power of 1 or more, {Infinity} for the largest magnitude, or 'around' and the grey");
            if (words.IsAtEnd)
                return norm;
            _ = words.OneOf(["around"]);
        }
        return norm with { Center = words.Number("the grey") };
    }
}
