namespace CnnViz.Networks.Weights.PyTorch;

/// <summary>A file in a zip archive.</summary>
/// <param name="Start">The archive's byte at which its content begins.</param>
/// <param name="Length">The bytes of its content as they lie in the archive.</param>
/// <param name="IsStored">True where they are the content itself, neither compressed nor encrypted.</param>
internal sealed record ZipFile(long Start, long Length, bool IsStored);
