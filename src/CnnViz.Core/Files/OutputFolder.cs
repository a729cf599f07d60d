namespace CnnViz.Files;

/// <summary>Makes the folders that results go to.</summary>
public static class OutputFolder
{
    /// <summary>Makes a folder, and those above it, where they are not there yet.</summary>
    /// <exception cref="CnnVizException"><c>OutputUnwritable</c>: it is a file, or access is denied.</exception>
    public static void Ensure(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Errors.OutputUnwritable(path, failure.Message, failure);
        }
    }
}
