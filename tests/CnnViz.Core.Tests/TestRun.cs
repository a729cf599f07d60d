using System.Runtime.CompilerServices;
using CnnViz.Runtime;

namespace CnnViz.Tests;

/// <summary>Tests call TorchSharp in any order, and the first call must find libtorch ready.</summary>
internal static class TestRun
{
    [ModuleInitializer]
    internal static void PrepareLibTorch() => TorchSetup.Ensure();
}
