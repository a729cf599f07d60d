namespace CnnViz.Runtime;

/// <summary>Settings of libtorch that TorchSharp has no name for, set through the functions that libtorch exports.</summary>
internal static unsafe class TorchSwitches
{
    private static readonly bool IsMicrosoftName = OperatingSystem.IsWindows();

    /// <summary>Lets libtorch compute convolutions with oneDNN, or with its own code.</summary>
    /// <param name="isOn">True for oneDNN.</param>
    public static void UseOneDnn(bool isOn) => Set(
        IsMicrosoftName ? "?setUserEnabledMkldnn@Context@at@@QEAAX_N@Z" : "_ZN2at7Context20setUserEnabledMkldnnEb", isOn);

    /// <summary>Lets libtorch try NNPACK, which writes a warning at every convolution on a processor that it does not know.</summary>
    /// <param name="isOn">True for NNPACK.</param>
    public static void UseNnPack(bool isOn) => Set(
        IsMicrosoftName ? "?setUserEnabledNNPACK@Context@at@@QEAAX_N@Z" : "_ZN2at7Context20setUserEnabledNNPACKEb", isOn);

    private static void Set(string setter, bool isOn)
    {
        var context = NativeLibraries.TorchCpuExport(IsMicrosoftName ? "?globalContext@at@@YAAEAVContext@1@XZ" : "_ZN2at13globalContextEv");
        var address = NativeLibraries.TorchCpuExport(setter);
        if (context == 0 || address == 0)
            throw Errors.NativeFunctionMissing(context == 0 ? "at::globalContext" : setter, NativeLibraries.TorchCpuFile!);
        ((delegate* unmanaged[Cdecl]<nint, byte, void>)address)(((delegate* unmanaged[Cdecl]<nint>)context)(), isOn ? (byte)1 : (byte)0);
    }
}
