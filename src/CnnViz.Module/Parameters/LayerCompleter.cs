using System.Collections;
using System.Management.Automation;
using CnnViz.Networks;
using CnnViz.Networks.Weights;
using CnnViz.Networks.Zoo;

namespace CnnViz.Parameters;

/// <summary>Completes the layers of the model that <c>-Model</c> gives so far.</summary>
public class LayerCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) =>
        NetworkOf(boundParameters["Model"])?.Nodes.Skip(1).Where(IsOffered).Select(node => node.Name) ?? [];

    /// <summary>Whether a layer is one of those that the parameter takes.</summary>
    protected virtual bool IsOffered(Node node) => true;

    private static Network? NetworkOf(object? model) => (model is PSObject wrapper ? wrapper.BaseObject : model) switch
    {
        CnnModel present => present.Network,
        string name => Architectures.Find(name)?.Build() ?? BuiltIn(name),
        _ => null,
    };

    private static Network? BuiltIn(string name)
    {
        using var model = ModelFile.TryLoadBuiltIn(name);
        return model?.Network;
    }
}
