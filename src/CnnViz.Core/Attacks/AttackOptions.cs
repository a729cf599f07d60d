using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CnnViz.Attacks;

/// <summary>How an adversarial example is looked for.</summary>
public sealed record AttackOptions
{
    private static readonly JsonSerializerOptions Format = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The method.</summary>
    [Description("The attack.")]
    public AttackMethod Method { get; init; }

    /// <summary>The largest distance from the clean picture, of pixels in [0,1]; attacks that look for the smallest do not read it.</summary>
    [Description("The largest change, of pixels in [0,1]: a number or a fraction such as 8/255.")]
    public Fraction Epsilon { get; init; } = 8.0 / 255;

    /// <summary>How distance is measured.</summary>
    [Description("How distance is measured.")]
    public AttackNorm Norm { get; init; }

    /// <summary>The class to reach; null to leave the present one.</summary>
    [Description("The class to reach: an index, a label or a WordNet id, TopN, or Random; left out, any other than the present one.")]
    public string? Target { get; init; }

    /// <summary>Steps; null for the method's own.</summary>
    [Description("Steps; left out, the method's own (40 for gradient attacks).")]
    public int? Step { get; init; }

    /// <summary>The length of a step; null for the method's own, for gradient attacks ε/10.</summary>
    [Description("The length of a step: a number or a fraction; left out, the method's own (a tenth of epsilon).")]
    public Fraction? StepSize { get; init; }

    /// <summary>Whether gradient attacks start at a random place within ε.</summary>
    [Description("Start at a random place within epsilon.")]
    public bool RandomStart { get; init; }

    /// <summary>Runs of a gradient attack; all but the first start at random.</summary>
    [Description("Runs of a gradient attack, from other random places.")]
    public int Restart { get; init; } = 1;

    /// <summary>The part of the direction that MI-FGSM keeps.</summary>
    [Description("The part of the direction that MI-FGSM keeps.")]
    public double Momentum { get; init; } = 1;

    /// <summary>The logit by which Carlini and Wagner's wrong class is to lead.</summary>
    [Description("The logit by which the wrong class is to lead (CarliniWagner).")]
    public double Confidence { get; init; }

    /// <summary>Constants that Carlini and Wagner's search tries.</summary>
    [Description("Constants that are tried (CarliniWagner).")]
    public int SearchStep { get; init; } = 9;

    /// <summary>The first of them.</summary>
    [Description("The first constant (CarliniWagner).")]
    public double InitialConstant { get; init; } = 1e-3;

    /// <summary>How far beyond the border DeepFool goes, as a part.</summary>
    [Description("How far beyond the border it goes, as a part (DeepFool).")]
    public double Overshoot { get; init; } = 0.02;

    /// <summary>How pictures are varied: gradient attacks then look for what fools on the average of it.</summary>
    [Description("How pictures are varied, for what fools in all of it: rotate 30, scale 0.2, shift 0.1, brightness 0.1, noise 0.02, blur 1.")]
    public IReadOnlyList<string> Transformation { get; init; } = Array.Empty<string>();

    /// <summary>Variations that a step averages.</summary>
    [Description("Variations that a step averages.")]
    public int SampleCount { get; init; } = 8;

    /// <summary>Fresh variations that the result is judged on.</summary>
    [Description("Fresh variations that the result is judged on.")]
    public int TrialCount { get; init; } = 100;

    /// <summary>Whether gradients are taken at the picture as it will be saved.</summary>
    [Description("Take gradients at the picture as it will be saved, with 8 bits.")]
    public bool Quantize { get; init; }

    /// <summary>Whether the picture keeps its size and is attacked through the resizing and cropping that the network's preprocessing does.</summary>
    [Description("Attack the picture at its own size, through resizing and cropping.")]
    public bool FullSize { get; init; }

    /// <summary>The quality of a JPEG file that the result is judged after, too; null for none.</summary>
    [Description("Judge the picture after a JPEG file of this quality, too.")]
    public int? JpegQuality { get; init; }

    /// <summary>Whether pictures that the network misreads already are attacked all the same.</summary>
    public bool AttackMisread { get; init; }

    /// <summary>Whether pictures are resized and cropped.</summary>
    [Description("Auto, None (only normalised) or Standard (always resized and cropped).")]
    public PreprocessingMode Preprocessing { get; init; }

    /// <summary>The seed of all chance.</summary>
    [Description("The seed of all chance.")]
    public long Seed { get; init; }

    /// <summary>All settings as a text of no culture.</summary>
    internal string Text => JsonSerializer.Serialize(this, Format);

    /// <summary>Whether all settings are the same, those in the list too.</summary>
    public bool Equals(AttackOptions? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
