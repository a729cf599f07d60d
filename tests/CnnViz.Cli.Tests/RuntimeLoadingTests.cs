using System.Runtime.InteropServices;
using CnnViz.Data;
using CnnViz.Imaging;
using CnnViz.Runtime;

namespace CnnViz.Tests;

/// <summary>What a program says, in a process of its own, where native libraries are missing or do not fit.</summary>
public sealed class RuntimeLoadingTests : CliTest
{
    private static readonly string NativeFolder = RuntimeInspection.Inspect(measureSpeed: false).LibTorchDirectory;

    private static string TorchCpu => OperatingSystem.IsWindows() ? "torch_cpu.dll" : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";

    private static string Library(string name) =>
        Path.Join(NativeFolder, OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so");

    [Fact]
    public void Without_libtorch_the_folders_and_the_remedy_are_named()
    {
        var outcome = RunWith(PathOf("nowhere"));

        AssertFails(outcome, 1, "RuntimeMissing");
        Assert.Contains(PathOf("nowhere"), outcome.Error, StringComparison.Ordinal);
        Assert.Contains(TorchCpu, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("CNNVIZ_LIBTORCH", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_is_refused_and_both_versions_are_named()
    {
        var folder = Directory.CreateDirectory(PathOf("torch/lib")).FullName;
        // Any library that loads stands for a libtorch that does not tell its version itself.
        File.Copy(SkiaSharpLibrary, Path.Join(folder, TorchCpu));
        File.WriteAllText(PathOf("torch/build-version"), "2.5.1+cpu\n");

        var outcome = RunWith(PathOf("torch"));

        AssertFails(outcome, 1, "RuntimeVersionMismatch");
        Assert.Contains("2.5.1", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("2.10.0", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Libraries_for_another_processor_are_refused_by_name()
    {
        var folder = Directory.CreateDirectory(PathOf("other")).FullName;
        var file = File.ReadAllBytes(Library("LibTorchSharp"));
        var other = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Architecture.Arm64 : Architecture.X64;
        SetMachine(file, other);
        File.WriteAllBytes(Path.Join(folder, TorchCpu), file);

        var outcome = RunWith(folder);

        AssertFails(outcome, 1, "RuntimeArchitectureMismatch");
        Assert.Contains(other.ToString(), outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_library_is_named_with_what_the_system_says()
    {
        var folder = Directory.CreateDirectory(PathOf("damaged")).FullName;
        File.WriteAllText(Path.Join(folder, TorchCpu), "<html>404</html>");

        var outcome = RunWith(folder);

        AssertFails(outcome, 1, "RuntimeMissing");
        Assert.Contains("The system says: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_without_its_libraries_says_so_and_copies_none()
    {
        var program = Directory.CreateDirectory(PathOf("program")).FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(CliProcess.Program)!))
            File.Copy(file, Path.Join(program, Path.GetFileName(file)));
        var before = Directory.GetFileSystemEntries(program).Length;

        AssertFails(Execute(Path.Join(program, "cnnviz.dll"), Variables(), "runtime"), 1, "RuntimeMissing");
        var jpeg = PathOf("picture.jpg");
        ImageExport.Save(Datasets.Digits().Test!.OfClass(6).GetImage(0), jpeg);
        var outcome = Execute(
            Path.Join(program, "cnnviz.dll"), Variables(("CNNVIZ_LIBTORCH", NativeFolder)), "predict", jpeg, "--model", "lenet5-digits");

        AssertFails(outcome, 1, "RuntimeMissing");
        Assert.Contains("LibTorchSharp", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(program).Length);
    }

    [Theory]
    [InlineData("off", "off: CNNVIZ_ONEDNN is 'off'")]
    [InlineData("on", "on: CNNVIZ_ONEDNN is 'on'")]
    public void The_user_decides_about_oneDNN(string word, string expected)
    {
        var outcome = Execute(CliProcess.Program, Variables(("CNNVIZ_ONEDNN", word)), "runtime", "--no-speed");
        Assert.Contains(expected, outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_word_about_oneDNN_is_an_error() =>
        AssertFails(Execute(CliProcess.Program, Variables(("CNNVIZ_ONEDNN", "maybe")), "runtime"), 2, "ArgumentInvalid");

    private static string SkiaSharpLibrary => Library("SkiaSharp") is var path && File.Exists(path) ? path : Path.Join(NativeFolder, "libSkiaSharp.dll");

    private static void SetMachine(byte[] file, Architecture machine)
    {
        var isArm = machine == Architecture.Arm64;
        if (OperatingSystem.IsWindows())
            BitConverter.GetBytes((ushort)(isArm ? 0xaa64 : 0x8664)).CopyTo(file, BitConverter.ToInt32(file, 60) + 4);
        else if (OperatingSystem.IsMacOS())
            file[4] = isArm ? (byte)0x0c : (byte)0x07;
        else
            BitConverter.GetBytes((ushort)(isArm ? 183 : 62)).CopyTo(file, 18);
    }

    private Outcome RunWith(string libTorch) => Execute(CliProcess.Program, Variables(("CNNVIZ_LIBTORCH", libTorch)), "runtime", "--no-speed");

    private Dictionary<string, string> Variables(params ReadOnlySpan<(string Name, string Value)> chosen)
    {
        var variables = new Dictionary<string, string> { ["XDG_CACHE_HOME"] = PathOf("cache"), ["CNNVIZ_LIBTORCH"] = "" };
        foreach (var (name, value) in chosen)
            variables[name] = value;
        return variables;
    }

    private static Outcome Execute(string program, Dictionary<string, string> variables, params string[] args)
    {
        using var process = CliProcess.Start(program, variables, args);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
