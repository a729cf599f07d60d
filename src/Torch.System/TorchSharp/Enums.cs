namespace TorchSharp;

/// <summary>The kind of device that a tensor is on.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,

    /// <summary>An NVIDIA GPU, or an AMD one under ROCm.</summary>
    CUDA = 1,
}

/// <summary>How a picture continues beyond its edge.</summary>
public enum PaddingModes
{
    /// <summary>Zeros.</summary>
    Zeros = 0,

    /// <summary>Mirrored, without repeating the edge.</summary>
    Reflect = 1,

    /// <summary>The edge repeated.</summary>
    Replicate = 2,

    /// <summary>The other side.</summary>
    Circular = 3,

    /// <summary>A constant.</summary>
    Constant = 4,
}
