using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnViz.Networks;
using CnnViz.Networks.Labels;
using CnnViz.Networks.Weights;
using CnnViz.Networks.Zoo;

namespace CnnViz.Parameters;

/// <summary>Completes names of the model that <c>-Model</c> or a variable in front of the pipeline gives so far. A model file is not read for it.</summary>
public abstract class ModelPartCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected sealed override IDictionary Known(IDictionary boundParameters, CommandAst command) =>
        boundParameters.Contains("Model") || Piped(command) is not CnnModel model ? boundParameters : new Hashtable(boundParameters) { ["Model"] = model };

    /// <inheritdoc/>
    protected sealed override IEnumerable<string> Names(IDictionary boundParameters) =>
        (boundParameters["Model"] is PSObject wrapper ? wrapper.BaseObject : boundParameters["Model"]) switch
        {
            CnnModel present => Names(present.Network, present.Labels),
            string name when Architectures.Find(name) is { } architecture => OfNetwork(architecture.Build()),
            string name => OfBuiltIn(name),
            _ => Names(null, []),
        };

    /// <summary>The names, in the order in which they are offered.</summary>
    /// <param name="network">The model's network; null where no model is known yet.</param>
    /// <param name="labels">The names of its classes.</param>
    protected abstract IEnumerable<string> Names(Network? network, IReadOnlyList<string> labels);

    private IEnumerable<string> OfNetwork(Network network) => Names(network, ClassLabels.Of(network).Names);

    private IEnumerable<string> OfBuiltIn(string name)
    {
        using var model = ModelFile.TryLoadBuiltIn(name);
        return Names(model?.Network, model?.Labels ?? []);
    }

    /// <summary>The value of the variable in <c>$model | Command</c>; null where something else stands there.</summary>
    private static object? Piped(CommandAst command)
    {
        if (command.Parent is not PipelineAst { PipelineElements: [CommandExpressionAst { Expression: VariableExpressionAst variable }, var receiver, ..] } || receiver != command)
            return null;
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Get-Variable").AddParameter("Name", variable.VariablePath.UserPath).AddParameter("ValueOnly").AddParameter("ErrorAction", ActionPreference.Ignore);
        return shell.Invoke() is [{ } value] ? value.BaseObject : null;
    }
}
