using System.Management.Automation;
using System.Management.Automation.Language;

namespace CnnViz.Parameters;

/// <summary>
/// The model that a command line which has not run yet speaks of: behind <c>-Model</c>, in a variable, in an <c>Import-CnnModel</c> in parentheses, or further up the
/// pipeline. Nothing is run for it.
/// </summary>
internal static class ModelInSight
{
    private const string Importing = "Import-CnnModel";

    /// <summary>The model, or the name of one; null where none is in sight.</summary>
    /// <param name="command">The command whose parameter is being completed.</param>
    public static object? Of(CommandAst command) => Behind(command) ?? (command.Parent is PipelineAst pipeline
        ? pipeline.PipelineElements.TakeWhile(element => element != command).Reverse().Select(Behind).FirstOrDefault(model => model is not null)
        : null);

    /// <summary>A model, or the name of one, of what a variable or an argument holds: itself, that of a result, or that of the first of several.</summary>
    public static object? In(object? value) => (value is PSObject wrapper ? wrapper.BaseObject : value) switch
    {
        CnnModel model => model,
        string { Length: > 0 } name => name,
        ModelSource source => source.Name,
        object[] several => In(several.FirstOrDefault()),
        { } result => (PSObject.AsPSObject(result).Properties["Model"]?.Value is PSObject inner ? inner.BaseObject : PSObject.AsPSObject(result).Properties["Model"]?.Value) as CnnModel,
        null => null,
    };

    private static object? Behind(CommandBaseAst element) => element switch
    {
        CommandExpressionAst { Expression: var expression } when Read(expression) is var found => found is string ? null : found,
        CommandAst call => Argument(call, "Model") ?? (Importing.Equals(call.GetCommandName(), StringComparison.OrdinalIgnoreCase) ? Argument(call, "Name") : null),
        _ => null,
    };

    private static object? Argument(CommandAst call, string parameter) =>
        StaticParameterBinder.BindCommand(call, resolve: true).BoundParameters.TryGetValue(parameter, out var bound) ? Read(bound.Value) : null;

    private static object? Read(Ast? expression) => expression switch
    {
        StringConstantExpressionAst text => text.Value,
        VariableExpressionAst variable => In(Value(variable)) ?? Assigned(variable),
        ParenExpressionAst { Pipeline: PipelineAst pipeline } => pipeline.PipelineElements.Reverse().Select(Behind).FirstOrDefault(model => model is not null),
        PipelineAst pipeline => pipeline.PipelineElements.Reverse().Select(Behind).FirstOrDefault(model => model is not null),
        CommandBaseAst command => Behind(command),
        _ => null,
    };

    private static PSObject? Value(VariableExpressionAst variable)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Get-Variable").AddParameter("Name", variable.VariablePath.UserPath).AddParameter("ValueOnly").AddParameter("ErrorAction", ActionPreference.Ignore);
        return shell.Invoke() is [{ } value, ..] ? value : null;
    }

    /// <summary>What an earlier line of a script that has not run yet gives a variable.</summary>
    private static object? Assigned(VariableExpressionAst variable)
    {
        Ast script = variable;
        while (script.Parent is { } parent)
            script = parent;
        var assignment = script.FindAll(
            ast => ast is AssignmentStatementAst { Left: VariableExpressionAst left } statement && left.VariablePath.UserPath.Equals(variable.VariablePath.UserPath, StringComparison.OrdinalIgnoreCase)
                && statement.Extent.EndOffset <= variable.Extent.StartOffset, searchNestedScriptBlocks: true).LastOrDefault();
        return assignment is AssignmentStatementAst { Right: var right } ? Read(right) : null;
    }
}
