namespace CnnViz.Files;

/// <summary>Writes whole files or none: into a temporary file beside the target, which then takes the target's name.</summary>
public static class OutputFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The target; its folder must exist.</param>
    /// <param name="force">Replaces a file that is there already.</param>
    /// <param name="write">Writes the content; where it throws, no file is left.</param>
    /// <exception cref="CnnVizException"><c>OutputExists</c>: it is there and <paramref name="force"/> is not given;
    /// <c>OutputUnwritable</c>: the folder is missing, access is denied or the disk is full.</exception>
    public static void Write(string path, bool force, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        CheckFree(target, force);
        var folder = Path.GetDirectoryName(target) ?? throw Errors.OutputUnwritable(path, "it is a folder.");
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                write(stream);
            File.Move(temporary, target, overwrite: force);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            CheckFree(target, force);
            throw Errors.OutputUnwritable(path, failure.Message, failure);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Makes a folder, and those above it, where it is missing.</summary>
    /// <exception cref="CnnVizException"><c>OutputUnwritable</c>: a file has its name, or access is denied.</exception>
    public static void MakeFolder(string path)
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

    /// <summary>Throws where the target may not be written, so that a long computation can ask before it starts.</summary>
    /// <exception cref="CnnVizException"><c>OutputExists</c> or <c>OutputUnwritable</c>.</exception>
    public static void CheckFree(string path, bool force)
    {
        if (Directory.Exists(path))
            throw Errors.OutputUnwritable(path, "it is a folder; give a file name.");
        if (!force && File.Exists(path))
            throw Errors.OutputExists(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw Errors.OutputUnwritable(path, $"the folder '{folder}' does not exist; make it first.");
    }
}
