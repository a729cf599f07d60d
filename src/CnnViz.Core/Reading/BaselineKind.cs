namespace CnnViz.Reading;

/// <summary>The picture without content that a picture is compared with, or covered by.</summary>
public enum BaselineKind
{
    /// <summary>0 after normalisation: the mean colour of the training set, and not black. The baseline of captum's examples.</summary>
    Mean,

    /// <summary>0 in [0,1].</summary>
    Black,

    /// <summary>1 in [0,1].</summary>
    White,

    /// <summary>The picture itself, blurred until nothing can be told.</summary>
    Blur,
}
