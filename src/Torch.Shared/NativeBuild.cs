namespace CnnViz.Backend;

/// <summary>Native libraries that are built where they are used, against what is on that machine.</summary>
/// <param name="Sources">The folder with their CMakeLists.txt.</param>
/// <param name="Arguments">What CMake is told beside.</param>
/// <param name="Tools">The programs that it takes.</param>
/// <param name="Advice">How to get these, and the libraries that are built against.</param>
/// <param name="Results">The files that it makes.</param>
/// <param name="Target">The folder that they are put into.</param>
public sealed record NativeBuild(
    string Sources, IReadOnlyList<string> Arguments, IReadOnlyList<string> Tools, string Advice, IReadOnlyList<string> Results, string Target);
