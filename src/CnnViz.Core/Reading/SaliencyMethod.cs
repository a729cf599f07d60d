namespace CnnViz.Reading;

/// <summary>The ways of saying what in a picture drives a score.</summary>
public enum SaliencyMethod
{
    /// <summary>The gradient of the score with respect to the input (Simonyan et al. 2013).</summary>
    Gradient,

    /// <summary>The gradient through rectifiers that let only positive gradients at positive inputs pass (Springenberg et al. 2014).</summary>
    GuidedBackprop,

    /// <summary>The gradient through rectifiers that let only positive gradients pass, whatever their input (Zeiler and Fergus 2013).</summary>
    Deconvnet,

    /// <summary>Input times gradient (Shrikumar et al. 2016).</summary>
    InputXGradient,

    /// <summary>The mean gradient on the way from a baseline, times the way (Sundararajan et al. 2017).</summary>
    IntegratedGradients,

    /// <summary>The mean of another method over noisy copies (Smilkov et al. 2017).</summary>
    SmoothGrad,

    /// <summary>The mean of another method's squares over noisy copies (Hooker et al. 2019).</summary>
    SmoothGradSquared,

    /// <summary>The variance of another method over noisy copies (Adebayo et al. 2018).</summary>
    VarGrad,

    /// <summary>Differences from a baseline, passed back by the rescale rule (Shrikumar et al. 2017).</summary>
    DeepLift,

    /// <summary>The fall of the score when a window is covered (Zeiler and Fergus 2013).</summary>
    Occlusion,

    /// <summary>The mean of random masks, weighted by the probability that is left behind them (Petsiuk et al. 2018).</summary>
    Rise,

    /// <summary>The maps before a global average pooling, weighted by the one dense layer behind it (Zhou et al. 2015).</summary>
    Cam,

    /// <summary>The maps of a layer, weighted by their mean gradients (Selvaraju et al. 2016).</summary>
    GradCam,

    /// <summary>Grad-CAM with weights from second and third derivatives (Chattopadhay et al. 2017).</summary>
    GradCamPlusPlus,

    /// <summary>The positive part of gradient times activation, summed over the maps.</summary>
    GradCamElementWise,

    /// <summary>Gradient times activation, summed over the maps (Draelos and Carin 2020).</summary>
    HiResCam,

    /// <summary>Positive gradient times activation, summed over the maps (Jiang et al. 2021).</summary>
    LayerCam,

    /// <summary>The maps, weighted by their gradients in proportion to the activations (Fu et al. 2020).</summary>
    XGradCam,

    /// <summary>The maps, weighted by the score of the picture seen through each (Wang et al. 2019).</summary>
    ScoreCam,

    /// <summary>The maps, weighted by the fall of the score without each (Desai and Ramaswamy 2020).</summary>
    AblationCam,

    /// <summary>The first principal component of the maps; it has no target (Muhammad and Yeasin 2020).</summary>
    EigenCam,

    /// <summary>The first principal component of gradient times activation.</summary>
    EigenGradCam,

    /// <summary>Guided backprop times Grad-CAM (Selvaraju et al. 2016).</summary>
    GuidedGradCam,
}
