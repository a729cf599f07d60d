using CnnViz.Attacks;
using Newtonsoft.Json;

namespace CnnViz;

/// <summary>
/// A picture that was changed a little so that a network errs. Everything that is said of it holds for the picture as it is after it was saved as an 8-bit PNG
/// and read back.
/// </summary>
public sealed record AdversarialExample
{
    /// <summary>The picture as it came, cropped to the network's size unless its full size was to be attacked, and rounded to 8 bits.</summary>
    public required CnnImage Clean { get; init; }

    /// <summary>
    /// The changed picture, of whole 8-bit levels: the network's picture already, which is only normalised, or at full size a photo like any other, which is
    /// resized and cropped.
    /// </summary>
    public required CnnImage Adversarial { get; init; }

    /// <summary>The changed picture: what the next cmdlet in the pipeline takes.</summary>
    public CnnImage Image => Adversarial;

    /// <summary>The method.</summary>
    public required AttackMethod Method { get; init; }

    /// <summary>Whether the network errs: says the class that was to be reached, or without one another than the picture's.</summary>
    public required bool Success { get; init; }

    /// <summary>The largest change that was allowed, of pixels in [0,1], in <see cref="Norm"/>; null for methods that look for the smallest.</summary>
    public double? Epsilon { get; init; }

    /// <summary>How distance was measured.</summary>
    public AttackNorm Norm { get; init; }

    /// <summary>The largest change of a value, a whole number of 255ths.</summary>
    public required double EpsilonAfterSave { get; init; }

    /// <summary>The root of the sum of the squared changes.</summary>
    public required double L2 { get; init; }

    /// <summary>How many pixels are changed, in any channel.</summary>
    public required int L0 { get; init; }

    /// <summary>The picture's class, which is to be left: as it came with, or where that is unknown what the network says of the clean picture.</summary>
    public required int Class { get; init; }

    /// <summary>The name of that class.</summary>
    public required string Label { get; init; }

    /// <summary>The class that was to be reached; null where any other would do.</summary>
    public int? Target { get; init; }

    /// <summary>The name of that class.</summary>
    public string? TargetLabel { get; init; }

    /// <summary>What the network says of the clean picture.</summary>
    public required Prediction Before { get; init; }

    /// <summary>What it says of the changed picture.</summary>
    public required Prediction After { get; init; }

    /// <summary>The probability of <see cref="After"/>, in [0,1].</summary>
    public double Confidence => After.Probability;

    /// <summary>Whether it errs after a JPEG file, too; null where that was not asked.</summary>
    public bool? SuccessAfterJpeg { get; init; }

    /// <summary>The part of fresh variations of the picture in which the network errs, in [0,1]; null where none were asked for or the attack was stopped.</summary>
    public double? TransformedSuccess { get; init; }

    /// <summary>For each of several models whether it errs.</summary>
    public IReadOnlyList<bool> ModelSuccess { get; init => field = value.ToArray(); } = [];

    /// <summary>Steps that were done.</summary>
    public int Steps { get; init; }

    /// <summary>What is doubtful about it, such as a gradient that was 0, each with what to try.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value.ToArray(); } = [];

    /// <summary>The first model, for the next cmdlet in the pipeline; not shown, and dropped on serialisation.</summary>
    [JsonIgnore]
    public CnnModel? Model { get; init; }

    /// <summary>How it was made.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The path or address of the picture.</summary>
    public string? Source => Clean.Source;

    /// <summary>The change, signed, <c>[C, H, W]</c> in [-1,1].</summary>
    public CnnTensor Perturbation => new([.. Adversarial.Data.Zip(Clean.Data, (changed, clean) => changed - clean)], Clean.Shape, "CHW");

    /// <summary>How much the change is magnified to be seen: ten times, or a large one as far as it stays between black and white.</summary>
    public double Magnification => Math.Clamp(Math.Floor(0.5 / EpsilonAfterSave), 1, 10);

    /// <summary>The change as a picture: magnified around grey.</summary>
    /// <param name="factor">How much; null for <see cref="Magnification"/>.</param>
    public CnnImage PerturbationImage(double? factor = null)
    {
        var most = factor ?? Magnification;
        return Clean.With(
            [.. Adversarial.Data.Zip(Clean.Data, (changed, clean) => Math.Clamp((float)(0.5 + most * (changed - clean)), 0, 1))], Clean.ChannelCount, Clean.Height, Clean.Width);
    }

    /// <summary>In a few words.</summary>
    public override string ToString() => $"{Method}: {Before} to {After}";
}
