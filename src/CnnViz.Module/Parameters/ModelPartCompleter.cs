using System.Collections;
using System.Management.Automation.Language;
using CnnViz.Networks;
using CnnViz.Networks.Labels;
using CnnViz.Networks.Weights;
using CnnViz.Networks.Zoo;

namespace CnnViz.Parameters;

/// <summary>Completes names of the model that the command line speaks of. No weights are read for it, and no model file.</summary>
public abstract class ModelPartCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected sealed override IDictionary Known(IDictionary boundParameters, CommandAst command) =>
        new Hashtable(boundParameters) { ["Model"] = ModelInSight.In(boundParameters["Model"] ?? boundParameters["Reference"]) ?? ModelInSight.Of(command) };

    /// <inheritdoc/>
    protected sealed override IEnumerable<string> Names(IDictionary boundParameters) => boundParameters["Model"] switch
    {
        CnnModel present => Names(present.Network, present.Labels),
        string name when Architectures.Find(name) is { } architecture && architecture.Build() is var network => Names(network, ClassLabels.Of(network).Names),
        string name when ModelFile.TryDescribeBuiltIn(name) is var (network, labels) => Names(network, labels.Names),
        _ => Names(null, []),
    };

    /// <summary>The names, in the order in which they are offered.</summary>
    /// <param name="network">The model's network; null where no model is known yet.</param>
    /// <param name="labels">The names of its classes.</param>
    protected abstract IEnumerable<string> Names(Network? network, IReadOnlyList<string> labels);
}
