namespace CnnViz.Reading;

/// <summary>The ways of asking whether a saliency map can be believed.</summary>
public enum SaliencyMeasure
{
    /// <summary>How fast the probability falls when pixels are taken away, the most important first (Petsiuk et al. 2018). Small is good.</summary>
    Deletion,

    /// <summary>How fast the probability rises when pixels are put into a blurred picture, the most important first (Petsiuk et al. 2018). Large is good.</summary>
    Insertion,

    /// <summary>What removing the most important pixels costs beyond what removing the least important costs, their places filled from around them (Rong et al. 2022). Large is good.</summary>
    Road,

    /// <summary>How far the map is from saying by how much the score changes under small noise (Yeh et al. 2019). Small is good.</summary>
    Infidelity,

    /// <summary>How much the map changes at most under small noise (Yeh et al. 2019). Small is good; the map is made anew for each sample.</summary>
    MaxSensitivity,

    /// <summary>Whether the map changes when the weights are random (Adebayo et al. 2018); the map is made anew for each step.</summary>
    Randomization,

    /// <summary>All of them.</summary>
    All,
}
