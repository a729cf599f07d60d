namespace CnnViz.Tests.Runtime;

/// <summary>The packages of TorchSharp and libtorch fit together on Windows, as far as can be told without it.</summary>
public sealed class WindowsLibraryTests
{
    [Theory]
    [InlineData("c10.dll")]
    [InlineData("torch_cpu.dll")]
    public void Everything_that_TorchSharp_imports_of_libtorch_is_exported_there(string name)
    {
        using var torchSharp = new WindowsLibrary(PathOf("CnnViz.TorchSharpPackage", "LibTorchSharp.dll"));
        using var library = new WindowsLibrary(PathOf("CnnViz.WindowsPackage", name));

        var imports = torchSharp.Imports()[name];

        Assert.True(imports.Count > 10, $"Only {imports.Count} imports of {name} were found.");
        Assert.Empty(imports.Except(library.Exports()));
    }

    [Fact]
    public void TorchSharp_imports_1827_functions_of_libtorch()
    {
        using var torchSharp = new WindowsLibrary(PathOf("CnnViz.TorchSharpPackage", "LibTorchSharp.dll"));
        var imports = torchSharp.Imports();
        Assert.Equal(1827, imports["c10.dll"].Count + imports["torch_cpu.dll"].Count);
    }

    private static string PathOf(string setting, string name) =>
        Path.Join((string)AppContext.GetData(setting)!, "runtimes", "win-x64", "native", name);
}
