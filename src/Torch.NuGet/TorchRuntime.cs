using TorchSharp;

namespace CnnViz.Backend;

/// <summary>What computes tensors here: TorchSharp and the libtorch of its package.</summary>
public static class TorchRuntime
{
    /// <summary>The backend's name.</summary>
    public static string Name => "Torch.NuGet";

    /// <summary>The version of libtorch.</summary>
    public static string LibTorchVersion => torch.__version__;

    /// <summary>libtorch's own account of how it was built; TorchSharp has none to give.</summary>
    public static string Configuration => "";
}
