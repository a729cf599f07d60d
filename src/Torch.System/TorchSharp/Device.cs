using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor is kept and computed.</summary>
    public class Device
    {
        /// <summary>A device by its kind and number.</summary>
        /// <param name="deviceType">The kind.</param>
        /// <param name="index">Its number; -1 where there is one only, or for the current one.</param>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>A device by its description, <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
        /// <exception cref="ArgumentException">The description names no device.</exception>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = parts[0] switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                _ => throw new ArgumentException($"'{description}' names no device; expected cpu, cuda or cuda:N.", nameof(description)),
            };
            index = parts.Length == 1 ? (type == DeviceType.CUDA ? 0 : -1) : int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture);
        }

        /// <summary>The kind.</summary>
        public DeviceType type { get; }

        /// <summary>The number; -1 for the processor.</summary>
        public int index { get; }

        /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
        public override string ToString() => type == DeviceType.CPU ? "cpu" : $"cuda:{Math.Max(index, 0)}";
    }
}
