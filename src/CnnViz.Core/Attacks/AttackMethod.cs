namespace CnnViz.Attacks;

/// <summary>How an adversarial example is looked for.</summary>
public enum AttackMethod
{
    /// <summary>Projected gradient descent (Madry et al. 2018): source 002's maximisation of log P under ‖x − x̂‖ ≤ ε.</summary>
    Pgd,

    /// <summary>One step along the signs of the gradient (Goodfellow et al. 2015).</summary>
    Fgsm,

    /// <summary>Several such steps (Kurakin et al. 2017).</summary>
    Bim,

    /// <summary>Several, with momentum (Dong et al. 2018).</summary>
    MiFgsm,

    /// <summary>The smallest L₂ change, by a search over the weight of the misclassification (Carlini and Wagner 2017).</summary>
    CarliniWagner,

    /// <summary>The nearest border between classes, as if they were planes (Moosavi-Dezfooli et al. 2016).</summary>
    DeepFool,

    /// <summary>Random squares, without any gradient (Andriushchenko et al. 2020).</summary>
    Square,

    /// <summary>Gradient steps that choose their length by themselves, on cross-entropy (Croce and Hein 2020).</summary>
    ApgdCe,

    /// <summary>The same on the difference of logits' ratio, towards each of the likeliest classes.</summary>
    ApgdDlr,

    /// <summary>Towards the nearest border of each of the likeliest classes, staying near the picture (Croce and Hein 2020).</summary>
    Fab,

    /// <summary><see cref="ApgdCe"/>, <see cref="ApgdDlr"/>, <see cref="Fab"/> and <see cref="Square"/>, one after another on what withstood (AutoAttack).</summary>
    Ensemble,
}
