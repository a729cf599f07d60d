using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CnnViz.Tests.Runtime;

/// <summary>
/// Core calls no function of TorchSharp whose native code lets an exception of C++ escape, which ends the process, and
/// computes with no memory that .NET aligned. docs/architecture.md has the list of functions and the few exceptions.
/// </summary>
public sealed class NativeCallTests
{
    [Theory]
    [InlineData(@"autograd\.grad\(")]
    [InlineData(@"\bmatmul\(")]
    [InlineData(@"\bcum(max|min)\(")]
    [InlineData(@"\b(Single|Multi)TensorFunction<", "GuardedFunction.cs")]
    [InlineData(@"\.set_state\(", "GeneratorState.cs")]
    [InlineData(@"\bset_num_(interop_)?threads\(", "TorchSetup.cs", "OneDnnGuard.cs", "Replay.cs")]
    [InlineData(@"(?<![\w.])tensor\(|torch\.tensor\(", "TensorTransfer.cs", "AttackProblem.cs",
        "RobustnessRun.cs", "CamAlgorithm.cs", "ScoreAlgorithm.cs", "TrainingData.cs", "CachedInputs.cs", "PictureInputs.cs", "PixelInputs.cs",
        "LayerObjective.cs")]
    public void A_function_is_called_only_where_it_cannot_fail(string pattern, params string[] allowed)
    {
        var callers = SourceFiles().Where(path => File.ReadLines(path).Any(line =>
            !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Regex.IsMatch(line, pattern)));
        Assert.Empty(callers.Select(path => Path.GetFileName(path)).Except(allowed));
    }

    private static string[] SourceFiles([CallerFilePath] string path = "")
    {
        var core = Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "src", "CnnViz.Core");
        return [.. Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(core, file).StartsWith("obj", StringComparison.Ordinal))];
    }
}
