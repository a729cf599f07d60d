using System.Text.Json;
using CnnViz.Cli;
using CnnViz.Data;
using CnnViz.Imaging;

namespace CnnViz.Tests;

/// <summary>Runs command lines in this process, in a folder of the test's own.</summary>
public abstract class CliTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cnnviz-cli-").FullName;

    protected sealed record Outcome(int ExitCode, string Output, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static Outcome Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Invoke(args, output, error);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>A command line that must go well, with its result as JSON.</summary>
    protected static JsonElement RunJson(params string[] args)
    {
        var outcome = Run([.. args, "--json"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome.Json;
    }

    protected static void AssertFails(Outcome outcome, int exitCode, string errorId)
    {
        Assert.Contains($"error CnnViz.{errorId}: ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    protected string PathOf(string name) => Path.Join(_folder, name);

    /// <summary>A built-in digit as a PNG.</summary>
    protected string Digit(int digit = 6)
    {
        var path = PathOf($"digit-{digit}.png");
        ImageExport.Save(Datasets.Digits().Test!.OfClass(digit).GetImage(0), path, new ImageWriteOptions { Force = true });
        return path;
    }

    /// <summary>A folder with 512 training and 100 test digits in MNIST's files.</summary>
    protected string SmallDataset()
    {
        var folder = Directory.CreateDirectory(PathOf("digits")).FullName;
        var digits = Datasets.Digits();
        Write("train", digits.Train.Subset(..512));
        Write("t10k", digits.Test!.Subset(..100));
        return folder;

        void Write(string part, CnnDataset data)
        {
            int[] header = [0x0803, data.Count, 28, 28];
            File.WriteAllBytes(Path.Join(folder, $"{part}-images-idx3-ubyte"), [.. header.SelectMany(BigEndian), .. data.ReadPixels()!]);
            File.WriteAllBytes(
                Path.Join(folder, $"{part}-labels-idx1-ubyte"), [.. BigEndian(0x0801), .. BigEndian(data.Count), .. data.GetClasses().Select(label => (byte)label)]);
        }

        static IEnumerable<byte> BigEndian(int value) => BitConverter.GetBytes(value).Reverse();
    }
}
