using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CnnViz.Parameters;

/// <summary>Completes one of a list of names; where none fits, PowerShell completes paths.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult>? CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        var pattern = WildcardPattern.Get(typed + "*", WildcardOptions.IgnoreCase);
        var names = Offered(fakeBoundParameters, commandAst).Where(name => pattern.IsMatch(name) && IsNext(name, typed)).ToArray();
        // Null, and not an empty list, lets PowerShell go on.
        return names.Length == 0 ? null : names.Select(name => new CompletionResult(Quoted(name), name, CompletionResultType.ParameterValue, name));
    }

    /// <summary>Nothing, where what is written so far leads nowhere: pressing Tab is no place for errors.</summary>
    private string[] Offered(IDictionary boundParameters, CommandAst command)
    {
        try
        {
            return [.. Names(Known(boundParameters, command))];
        }
        catch (Exception failure) when (failure is RuntimeException || ErrorTranslation.Translate(failure, nameof(NameCompleter)) is not null)
        {
            return [];
        }
    }

    /// <summary>The names, in the order in which they are offered.</summary>
    /// <param name="boundParameters">What is known so far of the other parameters, by name.</param>
    protected abstract IEnumerable<string> Names(IDictionary boundParameters);

    /// <summary>What is known of the other parameters, by more than what is written behind the command.</summary>
    /// <param name="boundParameters">The parameters that are written, by name.</param>
    /// <param name="command">The command in its pipeline.</param>
    protected virtual IDictionary Known(IDictionary boundParameters, CommandAst command) => boundParameters;

    /// <summary>Whether a name that begins with what was typed is to be offered now; a long list may come in steps.</summary>
    protected virtual bool IsNext(string name, string typed) => true;

    private static string Quoted(string name) =>
        name.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':') ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
