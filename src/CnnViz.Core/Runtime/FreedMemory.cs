using System.Runtime.InteropServices;

namespace CnnViz.Runtime;

/// <summary>
/// What glibc does with memory that libtorch frees. Kept, it is there for the next step: returned to the system it
/// costs a page fault for each 4 KiB that is used again. Returned, a process takes no more than its tensors, which
/// counts if there is a limit. Other C libraries are left as they are.
/// </summary>
internal static unsafe class FreedMemory
{
    private const int TrimThreshold = -1, TopPad = -2, MmapThreshold = -3, Megabyte = 1 << 20;

    private static readonly Lock Gate = new();
    private static int _limited;

    /// <summary>Keeps freed memory from here on.</summary>
    public static void Keep() => Set(trimThreshold: 256, topPad: 64, mmapThreshold: 32);

    /// <summary>Returns freed memory to the system at once, until the result is disposed.</summary>
    public static IDisposable ReturnAtOnce() => new Limited();

    private static void Set(int trimThreshold, int topPad, int mmapThreshold)
    {
        var mallopt = (delegate* unmanaged[Cdecl]<int, int, int>)Find("mallopt");
        if (mallopt is null)
            return;
        mallopt(TrimThreshold, trimThreshold * Megabyte);
        mallopt(TopPad, topPad * Megabyte);
        mallopt(MmapThreshold, mmapThreshold * Megabyte);
    }

    private static nint Find(string function) =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var glibc) && NativeLibrary.TryGetExport(glibc, function, out var address)
            ? address
            : 0;

    private sealed class Limited : IDisposable
    {
        private bool _isDisposed;

        public Limited()
        {
            lock (Gate)
            {
                if (_limited++ > 0)
                    return;
                Set(trimThreshold: 16, topPad: 1, mmapThreshold: 1);
                var trim = (delegate* unmanaged[Cdecl]<nuint, int>)Find("malloc_trim");
                if (trim is not null)
                    trim(0);
            }
        }

        public void Dispose()
        {
            lock (Gate)
            {
                if (!_isDisposed && --_limited == 0)
                    Keep();
                _isDisposed = true;
            }
        }
    }
}
