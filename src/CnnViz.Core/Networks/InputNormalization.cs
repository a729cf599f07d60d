namespace CnnViz.Networks;

/// <summary>The numbers that the weights of a file were trained with.</summary>
public enum InputNormalization
{
    /// <summary>Those of the architecture, or of the model that was exported.</summary>
    Own,

    /// <summary>Caffe's: blue, green, red from 0 to 255 around the mean of ImageNet, as the VGG of Gatys et al. and neural-style takes them.</summary>
    Caffe,
}
