using System.Text.RegularExpressions;
using CnnViz.Cli.Options;

namespace CnnViz.Cli.Output;

/// <summary>Says an error's message, which names cmdlets and their parameters, in the words of this command line.</summary>
internal static partial class ErrorWording
{
    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["Get-CnnArchitecture"] = "architectures",
        ["Get-CnnLayer"] = "layers",
        ["Get-CnnFilter"] = "filters",
        ["Get-FeatureMap"] = "features",
        ["Get-SaliencyMap"] = "saliency",
        ["Measure-SaliencyMap"] = "measure",
        ["Get-CnnPrediction"] = "predict",
        ["Get-CnnSample"] = "samples",
        ["Invoke-CnnConvolution"] = "convolve",
        ["Invoke-LeNetTraining"] = "train",
        ["New-AdversarialExample"] = "attack",
        ["Measure-CnnRobustness"] = "robustness",
        ["Test-CnnRuntime"] = "runtime",
    };

    /// <summary><c>-Force</c> becomes <c>--force</c>, <c>Get-CnnLayer</c> becomes <c>cnnviz layers</c>.</summary>
    public static string ForCommandLine(string message) =>
        Cmdlet().Replace(Parameter().Replace(message, match => $"--{KebabCase.Of(match.Groups[1].Value)}"),
            match => Commands.TryGetValue(match.Value, out var command) ? $"cnnviz {command}" : match.Value);

    [GeneratedRegex(@"(?<![\w'\-/\\])-([A-Z][A-Za-z]+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\b[A-Z][a-z]+-[A-Z][A-Za-z]+\b")]
    private static partial Regex Cmdlet();
}
