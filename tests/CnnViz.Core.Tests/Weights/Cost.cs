using System.Globalization;

namespace CnnViz.Tests.Weights;

/// <summary>What an action costs: processor time, which another program's load does not change, and the peak of resident memory above what was resident before.</summary>
/// <param name="Time">The processor time of all threads.</param>
/// <param name="Bytes">The memory; 0 where the system does not tell.</param>
internal sealed record Cost(TimeSpan Time, long Bytes)
{
    private const long FreeBytes = 64 << 20;

    public static Cost Of(Action action)
    {
        var isKnown = OperatingSystem.IsLinux();
        if (isKnown)
            File.WriteAllText("/proc/self/clear_refs", "5");
        var before = isKnown ? Status("VmRSS:") : 0;
        var start = Environment.CpuUsage.TotalTime;
        action();
        return new Cost(Environment.CpuUsage.TotalTime - start, isKnown ? Status("VmHWM:") - before : 0);
    }

    /// <summary>Opening a weight file may take a second, 64 MB and four times the file.</summary>
    public void AssertModest(long fileLength, string what)
    {
        Assert.True(Time < TimeSpan.FromSeconds(1), $"{what} took {Time}.");
        Assert.True(Bytes < FreeBytes + 4 * fileLength, $"{what} took {Bytes:N0} bytes for a file of {fileLength:N0}.");
    }

    private static long Status(string key) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
