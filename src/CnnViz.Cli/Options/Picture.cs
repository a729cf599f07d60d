namespace CnnViz.Cli.Options;

/// <summary>A result that can be written as a picture.</summary>
/// <param name="Name">Its file's name without ending.</param>
/// <param name="Caption">What stands below it in a contact sheet.</param>
/// <param name="Image">The picture, with its recipe.</param>
/// <param name="Values">The values behind it, for .npy.</param>
internal sealed record Picture(string Name, string Caption, CnnImage Image, CnnTensor Values);
