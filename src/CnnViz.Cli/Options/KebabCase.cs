using System.Text.RegularExpressions;

namespace CnnViz.Cli.Options;

/// <summary>Names as a command line writes them.</summary>
internal static partial class KebabCase
{
    /// <summary><c>LearningRate</c> becomes <c>learning-rate</c>.</summary>
    public static string Of(string pascalCase) => WordStart().Replace(pascalCase, "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])")]
    private static partial Regex WordStart();
}
