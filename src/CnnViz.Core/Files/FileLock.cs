namespace CnnViz.Files;

/// <summary>Lets one process at a time do what several might begin: a file that exists as long as its holder has it open.</summary>
internal static class FileLock
{
    private const int WindowsSharingViolation = 32;
    private const int MacOSWouldBlock = 35;
    private const int LinuxWouldBlock = 11;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until no other process has the lock, and takes it; disposing the result gives it back.</summary>
    /// <param name="path">The lock's file; its folder exists.</param>
    /// <param name="waiting">Is called once if another process has it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CnnVizException"><c>OutputUnwritable</c>: the file cannot be made.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static FileStream Acquire(string path, Action waiting, CancellationToken cancellation)
    {
        var waits = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            catch (IOException failure) when (IsHeld(failure))
            {
                if (!waits)
                    waiting();
                waits = true;
                cancellation.WaitHandle.WaitOne(Interval);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw Errors.OutputUnwritable(path, failure.Message, failure);
            }
        }
    }

    /// <summary>True if a file could not be opened because another process has it. Whether it exists tells nothing: its holder may have ended since.</summary>
    private static bool IsHeld(IOException failure) => (failure.HResult & 0xFFFF)
        == (OperatingSystem.IsWindows() ? WindowsSharingViolation : OperatingSystem.IsMacOS() ? MacOSWouldBlock : LinuxWouldBlock);
}
