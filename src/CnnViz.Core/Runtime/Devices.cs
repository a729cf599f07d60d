using static TorchSharp.torch;

namespace CnnViz.Runtime;

/// <summary>The devices that can compute here.</summary>
public static class Devices
{
    /// <summary>Their names: <c>cpu</c>, and <c>cuda:0</c> upward.</summary>
    public static IReadOnlyList<string> Available => ["cpu", .. Enumerable.Range(0, cuda.device_count()).Select(index => $"cuda:{index}")];

    /// <summary>A device by its name, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <exception cref="CnnVizException"><c>DeviceUnknown</c>: no such name, or not on this machine.</exception>
    public static Device Parse(string name)
    {
        var available = Available;
        var full = name == "cuda" ? "cuda:0" : name;
        return available.Contains(full) ? device(full) : throw Errors.DeviceUnknown(name, string.Join(", ", available));
    }
}
