using System.Diagnostics;

namespace CnnViz.Tests;

/// <summary>Starts cnnviz as a shell does.</summary>
internal static class CliProcess
{
    /// <summary>The program as it was built; the copy beside the tests has no native libraries.</summary>
    public static string Program { get; } = (string)AppContext.GetData("CnnViz.Program")!;

    public static Process Start(params string[] args) => Start(Program, [], args);

    /// <summary>Starts a copy of the program, with environment variables of its own.</summary>
    public static Process Start(string program, IEnumerable<KeyValuePair<string, string>> variables, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
