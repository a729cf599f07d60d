using CnnViz.Networks.Labels;
using CnnViz.Objectives;

namespace CnnViz.Reading.Saliency;

/// <summary>What is asked of every picture, understood before any is read: objectives, or classes, which may depend on the picture's own answer.</summary>
internal sealed class SaliencyQuestions
{
    private readonly Objective[] _objectives;
    private readonly ClassSelector[] _classes = [];

    /// <summary>Understands and checks what is wanted.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The targets or objectives.</param>
    /// <param name="inputShape">The shape of the pictures, <c>[C, H, W]</c>; null where it is not known yet.</param>
    /// <exception cref="CnnVizException">
    /// <c>ModelWithoutClasses</c>, <c>ClassUnknown</c>, <c>ClassAmbiguous</c>; as <see cref="Objective.Check"/>; <c>MethodUnsupported</c>: an objective of several pictures.
    /// </exception>
    public SaliencyQuestions(CnnModel model, SaliencyOptions options, int[]? inputShape)
    {
        _objectives = [.. options.Objective];
        foreach (var objective in _objectives)
        {
            objective.Check(model, inputShape);
            if (objective.IsOfBatch)
                throw Errors.MethodUnsupported(model.Name, $"A map of '{objective.Caption}'", "it compares pictures with each other, and a map is of one picture");
        }
        if (_objectives.Length == 0)
        {
            if (!model.Network.HasClasses)
                throw Errors.ModelWithoutClasses(model.Name, model.Network.Nodes[^1].Name);
            _classes = [.. options.Target.Select(target => ClassSelector.Parse(target, model))];
        }
        Layers = _classes.Length > 0 ? [Objective.Output] : [.. _objectives.SelectMany(objective => objective.Layers).Distinct()];
        Ends = [.. Layers.Select(layer => Objective.Position(model.Network, layer)).Distinct().Order()];
        SeesPicture = Array.Exists(_objectives, objective => objective.SeesPicture);
    }

    /// <summary>How many there are; each gives a map by each method.</summary>
    public int Count => _objectives.Length + _classes.Length;

    /// <summary>The layers that they look at.</summary>
    public string[] Layers { get; }

    /// <summary>Where those are in the network, in order: nothing behind the last is computed.</summary>
    public int[] Ends { get; }

    /// <summary>True where one looks at the pixels themselves.</summary>
    public bool SeesPicture { get; }

    /// <summary>The first that asks about something else than a class; null where none does.</summary>
    public Objective? Unusual => Array.Find(_objectives, objective => objective is not ClassObjective { IsProbability: false });

    /// <summary>What they ask about in some pictures.</summary>
    /// <param name="pictures">How many pictures there are.</param>
    /// <param name="logits">The network's answers, a row a picture; not looked at where no class is asked for.</param>
    /// <param name="classCount">The length of a row.</param>
    public SaliencyTarget[] Resolve(int pictures, float[] logits, int classCount) =>
    [
        .. _objectives.Select(objective => new SaliencyTarget([.. Enumerable.Repeat(objective, pictures)])),
        .. _classes.Select(selector => new SaliencyTarget(
            [.. Enumerable.Range(0, pictures).Select(i => new ClassObjective(selector.Resolve(logits.AsSpan(i * classCount, classCount))))])),
    ];
}
