using System.Diagnostics;
using CnnViz.Cli;

namespace CnnViz.Tests;

/// <summary>Starts cnnviz as a shell does.</summary>
internal static class CliProcess
{
    public static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(CommandLine).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }
}
