namespace CnnViz.Help;

/// <summary>What a cmdlet's declaration says of it.</summary>
/// <param name="Name">Verb and noun.</param>
/// <param name="DefaultSet">The parameter set that is taken where the arguments fit several; null for none.</param>
/// <param name="Sets">The names of the parameter sets, the default one first; a null where there is only one, without a name.</param>
/// <param name="Parameters">The parameters without the common ones, as they are declared: the cmdlet's own first.</param>
/// <param name="Outputs">The full names of the output types.</param>
internal sealed record CmdletFacts(string Name, string? DefaultSet, IReadOnlyList<string?> Sets, IReadOnlyList<ParameterFacts> Parameters, IReadOnlyList<string> Outputs)
{
    /// <summary>The parameters by name, as a reference lists them.</summary>
    public IEnumerable<ParameterFacts> ByName => Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal);

    /// <summary>The parameters of a set as PowerShell's own syntax has them: by position, then what must be given, then the others.</summary>
    /// <param name="set">The set; null where there is only one.</param>
    public IEnumerable<(ParameterFacts Parameter, ParameterUse Use)> InSet(string? set) =>
        from parameter in Parameters
        let use = parameter.Uses.FirstOrDefault(use => use.Set is null || use.Set == set)
        where use is not null
        orderby use.Position ?? int.MaxValue, !use.IsRequired
        select (parameter, use);
}

/// <summary>What a parameter's declaration says of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The short name of its type, such as <c>String[]</c>; of what a nullable one holds.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Values">The values that it takes: names joined by commas, or a range; null for any.</param>
/// <param name="Default">What it is where it is left out.</param>
/// <param name="TakesWildcards">Whether wildcards mean something in it.</param>
/// <param name="Uses">How it is used in each parameter set.</param>
/// <param name="DocumentationId">The name of its comment in the compiler's documentation file; null where PowerShell itself adds it.</param>
internal sealed record ParameterFacts(
    string Name, string Type, IReadOnlyList<string> Aliases, string? Values, string Default, bool TakesWildcards, IReadOnlyList<ParameterUse> Uses,
    string? DocumentationId)
{
    /// <summary>Whether it is given by its name alone.</summary>
    public bool IsSwitch => Type == "SwitchParameter";
}

/// <summary>How a parameter is used in a parameter set.</summary>
/// <param name="Set">The set; null for all.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Position">Its place among the arguments without name; null where it must be named.</param>
/// <param name="IsByValue">Whether it takes the pipeline's objects.</param>
/// <param name="IsByPropertyName">Whether it takes properties of the pipeline's objects.</param>
internal sealed record ParameterUse(string? Set, bool IsRequired, int? Position, bool IsByValue, bool IsByPropertyName)
{
    /// <summary>The place as help writes it.</summary>
    public string PositionText => Position is { } position ? position.ToString(System.Globalization.CultureInfo.InvariantCulture) : "Named";

    /// <summary>What it takes of the pipeline, as help writes it.</summary>
    public string PipelineText => (IsByValue, IsByPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
