namespace CnnViz.Backend;

/// <summary>What a backend needs beside its assembly.</summary>
/// <param name="Packages">What is fetched.</param>
/// <param name="Build">What is built; null for nothing.</param>
public sealed record NativeParts(IReadOnlyList<NativePackage> Packages, NativeBuild? Build);
