using CnnViz.Parameters;
using CnnViz.Running;

namespace CnnViz.Commands;

/// <content>Paths as PowerShell understands them: relative to its location, with its drives and wildcards.</content>
public abstract partial class CnnCommand
{
    /// <summary>The files that a path names. A path without wildcards is returned whether or not it exists: reading it tells.</summary>
    /// <param name="path">As given to <c>-Path</c> or <c>-LiteralPath</c>.</param>
    /// <param name="isLiteral">True where <c>*</c>, <c>?</c> and <c>[</c> are letters of the name.</param>
    /// <returns>Full paths of the operating system, at least one.</returns>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>: nothing fits, or the path is not of a file system.</exception>
    protected IReadOnlyList<string> ResolveInput(string path, bool isLiteral = false) =>
        isLiteral ? [ResolveFile(path)] : SessionPaths.Resolve(SessionState.Path, path);

    /// <summary>The full path of a file that may not exist yet, such as an output. Wildcards are letters of the name.</summary>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>: there is no such drive, or it holds no files.</exception>
    protected string ResolveFile(string path) => SessionPaths.ResolveLiteral(SessionState.Path, path);

    /// <summary>The full path of a run's checkpoint, checked before the run starts; null for none, and under -WhatIf, where the run leaves no files.</summary>
    /// <exception cref="CnnVizException">As <see cref="ResolveFile"/> and <see cref="Checkpoint.CheckPath"/>.</exception>
    protected string? ResolveCheckpoint(string? path, bool resume, bool force)
    {
        var file = path is null ? null : ResolveFile(path);
        Checkpoint.CheckPath(file, resume, force);
        return file is not null && ShouldProcess(file, "Keep the state of the run") ? file : null;
    }
}
