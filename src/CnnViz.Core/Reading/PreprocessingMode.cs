namespace CnnViz;

/// <summary>What is done to a picture before a network sees it.</summary>
public enum PreprocessingMode
{
    /// <summary>A picture made for the network (<see cref="CnnImage.IsNetworkInput"/>) is only normalised; any other is resized and cropped first.</summary>
    Auto,

    /// <summary>The picture has the network's size already: it is only normalised.</summary>
    None,

    /// <summary>Every picture is resized, cropped and normalised.</summary>
    Standard,

    /// <summary>The values are the network's input as they stand, normalised already and of any size that it can take: nothing is done to them.</summary>
    Raw,
}
