using System.Globalization;
using CnnViz.Networks;
using CnnViz.Networks.Labels;
using CnnViz.Objectives;

namespace CnnViz.Synthesis.Maximization;

/// <summary>One thing that is maximised, and so one picture.</summary>
/// <param name="Subject">What the picture is about.</param>
/// <param name="Objective">What is made as large as can be.</param>
internal sealed record MaximizationTarget(SynthesisSubject Subject, Objective Objective)
{
    /// <summary>How much the logarithm of the probability counts beside the logit: enough to hold down classes that look alike.</summary>
    private const double ProbabilityWeight = 4;
    private const string All = "*";
    private const string Range = "..";
    private static readonly string[] Axes = ["Channel", "Row", "Column"];

    /// <summary>The targets that a user named, in order.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What was named.</param>
    /// <exception cref="CnnVizException"><c>ClassUnknown</c>, <c>ClassAmbiguous</c>, <c>LayerNotFound</c>, <c>IndexOutOfRange</c>, <c>ModelWithoutClasses</c>, <c>ArgumentInvalid</c>.</exception>
    public static MaximizationTarget[] Of(CnnModel model, MaximizationOptions options)
    {
        if (options.Class.Count > 0 == options.Layer.Count > 0)
            throw Errors.ArgumentInvalid("Class", string.Join(',', options.Class), "either classes or a -Layer: one of the two says what is maximised");
        if (options.Channel.Count > 0 && options.Neuron.Count > 0)
            throw Errors.ArgumentInvalid("Neuron", string.Join(',', options.Neuron), "to stand alone: it names its channel itself, so leave -Channel out");
        if (options.Layer.Count == 0 && options.Channel.Count + options.Neuron.Count > 0)
            throw Errors.ArgumentInvalid("Layer", "", "the layer that the -Channel or the -Neuron is one of");
        return options.Class.Count > 0 ? OfClasses(model, options) : OfLayers(model, options);
    }

    private static MaximizationTarget[] OfClasses(CnnModel model, MaximizationOptions options)
    {
        if (!model.Network.HasClasses)
            throw Errors.ModelWithoutClasses(model.Name, model.Network.Nodes[^1].Name);
        int[] classes = options.Class is [All] ? [.. Enumerable.Range(0, model.ClassCount)] : [.. options.Class.Select(Class)];
        return [.. classes.Select(index => new MaximizationTarget(new SynthesisSubject(model.Labels[index], index), Objective(index)))];

        Objective Objective(int index) => MaximizationPresets.ScoreOf(options) switch
        {
            ClassScore.Probability => new ClassObjective(index, IsProbability: true),
            ClassScore.Both => new ClassObjective(index) + ProbabilityWeight * new ClassObjective(index, IsProbability: true),
            _ => new ClassObjective(index),
        };

        int Class(string text) => ClassSelector.Parse(text, model).Class
            ?? throw Errors.ArgumentInvalid(nameof(options.Class), text, "an index, a label or a WordNet id: places such as Top1 are those of a picture's answers, and here the picture is yet to be made");
    }

    private static MaximizationTarget[] OfLayers(CnnModel model, MaximizationOptions options)
    {
        var network = model.Network;
        int[] positions = [.. options.Layer.SelectMany(network.Match).Distinct().Order()];
        return [.. positions.SelectMany(position => OfLayer(network.Nodes[position].Name, Shape(network, position, options.Size), options))];
    }

    /// <summary>Channels do not depend on the size of the picture, rows and columns do.</summary>
    private static int[] Shape(Network network, int position, PictureSize? size)
    {
        try
        {
            return NetworkAnalysis.OutputShapes(network, size is { } wanted ? [network.InputShape[0], wanted.Height, wanted.Width] : network.InputShape, position)[position];
        }
        catch (CnnVizException)
        {
            // A size that does not fit is told where the size is settled.
            return NetworkAnalysis.OutputShapes(network, network.InputShape, position)[position];
        }
    }

    private static IEnumerable<MaximizationTarget> OfLayer(string layer, int[] shape, MaximizationOptions options)
    {
        if (options.Neuron.Count > 0)
            return [Neuron(layer, shape, options.Neuron)];
        if (options.Channel.Count == 0)
            return [new MaximizationTarget(new SynthesisSubject(layer, Layer: layer), new LayerObjective(layer))];
        return options.Channel.SelectMany(text => Channels(layer, text, shape[0])).Select(channel => OfChannel(layer, channel));
    }

    private static MaximizationTarget OfChannel(string layer, int channel) =>
        new(new SynthesisSubject(Invariant($"{layer} {channel}"), Layer: layer, Channel: channel), new ChannelObjective(layer, channel));

    private static MaximizationTarget Neuron(string layer, int[] shape, IReadOnlyList<int> neuron)
    {
        if (neuron.Count is not (1 or 3))
            throw Errors.ArgumentInvalid(nameof(Neuron), string.Join(',', neuron), "a channel, or channel,row,column");
        var place = shape.Length == 3 ? shape : [shape[0], 1, 1];
        for (var i = 0; i < neuron.Count; i++)
            InRange(Axes[i], layer, neuron[i], place[i]);
        var subject = new SynthesisSubject($"{layer} neuron {string.Join(',', neuron)}", Layer: layer, Channel: neuron[0]);
        return shape.Length != 3
            ? new MaximizationTarget(subject, new ChannelObjective(layer, neuron[0]))
            : new MaximizationTarget(subject, neuron.Count == 1 ? new NeuronObjective(layer, neuron[0]) : new NeuronObjective(layer, neuron[0], neuron[1], neuron[2]));
    }

    private static IEnumerable<int> Channels(string layer, string text, int count)
    {
        if (text == All)
            return Enumerable.Range(0, count);
        var ends = Array.ConvertAll(text.Split(Range), Number);
        if (ends is not ([{ }] or [{ }, { }]))
            throw Errors.ArgumentInvalid("Channel", text, $"a number from 0 to {count - 1}, a range such as 0..15, or * for all");
        var (first, last) = (InRange("Channel", layer, ends[0]!.Value, count), InRange("Channel", layer, ends[^1]!.Value, count));
        return first <= last ? Enumerable.Range(first, last - first + 1) : Enumerable.Range(last, first - last + 1).Reverse();
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int InRange(string what, string layer, int value, int count) =>
        value >= 0 && value < count ? value : throw Errors.IndexOutOfRange($"{what} of layer '{layer}'", value, count);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
