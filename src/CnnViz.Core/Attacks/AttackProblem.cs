using CnnViz.Networks;
using CnnViz.Networks.Operations;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>What an attack is to solve: pictures, the networks to be fooled, the class to leave or to reach, and how far it may go.</summary>
public sealed class AttackProblem : IDisposable
{
    /// <summary>Sets the problem.</summary>
    /// <param name="models">The networks, all of which are to be fooled at once; they stay their owners'.</param>
    /// <param name="clean">The pictures, <c>[N, C, H, W]</c> in [0,1].</param>
    /// <param name="classes">For each picture the class to leave, or with <paramref name="isTargeted"/> the class to reach.</param>
    /// <param name="isTargeted">Whether the classes are to be reached.</param>
    public AttackProblem(IReadOnlyList<CnnModel> models, CnnTensor clean, IReadOnlyList<int> classes, bool isTargeted = false)
    {
        (Models, IsTargeted, ClassList) = ([.. models], isTargeted, [.. classes]);
        Clean = TensorTransfer.ToNative(clean, device(models[0].Device)).DetachFromDisposeScope();
        Classes = tensor([.. classes.Select(index => (long)index)], [classes.Count]).to(device(models[0].Device)).DetachFromDisposeScope();
    }

    /// <summary>The networks.</summary>
    public IReadOnlyList<CnnModel> Models { get; }

    /// <summary>The pictures, <c>[N, C, H, W]</c>.</summary>
    public Tensor Clean { get; }

    /// <summary>The class of each picture, <c>[N]</c>.</summary>
    public Tensor Classes { get; }

    /// <summary>The class of each picture.</summary>
    public IReadOnlyList<int> ClassList { get; }

    /// <summary>Whether the classes are to be reached rather than left.</summary>
    public bool IsTargeted { get; }

    /// <summary>How distance is measured.</summary>
    public AttackNorm Norm { get; init; }

    /// <summary>The largest distance, of pixels in [0,1]; attacks that look for the smallest do not read it.</summary>
    public double Epsilon { get; init; } = 8.0 / 255;

    /// <summary>The seed of all chance.</summary>
    public long Seed { get; init; }

    /// <summary>What becomes of pictures before the networks see them, such as resizing, through which gradients go; null for nothing.</summary>
    public Func<Tensor, Tensor>? View { get; init; }

    /// <summary>How many pictures there are.</summary>
    public int Count => ClassList.Count;

    /// <summary>The same for some of the pictures.</summary>
    /// <param name="pictures">Their places.</param>
    public AttackProblem Of(IReadOnlyList<int> pictures)
    {
        using var scope = NewDisposeScope();
        var chosen = tensor([.. pictures.Select(picture => (long)picture)], [pictures.Count]).to(Clean.device);
        return new AttackProblem(Models, TensorTransfer.ToManaged(Clean.index_select(0, chosen), "NCHW"), [.. pictures.Select(picture => ClassList[picture])], IsTargeted)
        {
            Norm = Norm,
            Epsilon = Epsilon,
            Seed = Seed,
            View = View,
        };
    }

    /// <summary>The logits of each network for pictures, <c>[N, classes]</c>; gradients go through.</summary>
    /// <param name="pixels">The pictures, <c>[N, C, H, W]</c> in [0,1].</param>
    public Tensor[] Logits(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        var seen = View is null ? pixels : View(pixels);
        return [.. Models.Select(model => Logits(model, seen).MoveToOuterDisposeScope())];
    }

    /// <summary>How surely each picture fools all networks, <c>[N]</c>: the logit by which the wrong class leads; positive where it does.</summary>
    /// <param name="logits">As <see cref="Logits(Tensor)"/> gave them.</param>
    public Tensor Margin(IReadOnlyList<Tensor> logits) => Margin(logits, Classes, IsTargeted);

    /// <inheritdoc cref="Margin(IReadOnlyList{Tensor})"/>
    /// <param name="logits">As <see cref="Logits(Tensor)"/> gave them.</param>
    /// <param name="classes">The classes to leave or to reach, <c>[N]</c>.</param>
    /// <param name="isTargeted">Whether they are to be reached.</param>
    public static Tensor Margin(IReadOnlyList<Tensor> logits, Tensor classes, bool isTargeted)
    {
        using var scope = NewDisposeScope();
        var worst = logits.Select(values =>
        {
            var own = values.gather(1, classes.unsqueeze(1)).squeeze(1);
            var lead = Others(values, classes).amax(1) - own;
            return isTargeted ? -lead : lead;
        }).Aggregate((one, other) => one.minimum(other));
        return worst.MoveToOuterDisposeScope();
    }

    /// <summary>Pictures brought back to within ε of the clean ones, and to [0,1].</summary>
    /// <param name="pixels">The pictures.</param>
    public Tensor Project(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        if (Norm == AttackNorm.Linf)
            return pixels.maximum(Clean - Epsilon).minimum(Clean + Epsilon).clamp(0, 1).MoveToOuterDisposeScope();
        var change = pixels - Clean;
        return (Clean + change / (Length(change) / Epsilon).clamp(min: 1)).clamp(0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The L₂ norm of each of a batch, <c>[N, 1, 1, 1]</c>, never 0.</summary>
    internal static Tensor Length(Tensor change)
    {
        using var scope = NewDisposeScope();
        return change.flatten(1).square().sum([1]).sqrt().clamp(min: 1e-12).view(-1, 1, 1, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The distance of each picture from its clean one in the problem's norm, <c>[N]</c>.</summary>
    internal Tensor Distance(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        var change = (pixels - Clean).flatten(1);
        return (Norm == AttackNorm.Linf ? change.abs().amax(1) : change.square().sum([1]).sqrt()).MoveToOuterDisposeScope();
    }

    /// <summary>The logits with that of the class itself taken out by -∞ (not by 0: all others may be negative).</summary>
    internal static Tensor Others(Tensor logits, Tensor classes) =>
        where(OneHot(classes, logits.shape[1]), TensorTransfer.ToNative([float.NegativeInfinity], [1], logits.device), logits);

    /// <summary>True at the class of each row, <c>[N, classes]</c>.</summary>
    internal static Tensor OneHot(Tensor classes, long count) => arange(0, count, 1, device: classes.device).unsqueeze(0).eq(classes.unsqueeze(1));

    /// <inheritdoc/>
    public void Dispose()
    {
        Clean.Dispose();
        Classes.Dispose();
    }

    private static Tensor Logits(CnnModel model, Tensor pixels)
    {
        using var scope = NewDisposeScope();
        var input = model.Preprocessing.Normalize(pixels).to(model.DataType);
        var interpreter = GainsFromRewrite(model.Network) ? model.Logits() : model.Interpreter();
        return interpreter.Run(input).flatten(1).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Rearranged, normalisations are folded, and kernels of 1×1 are products of rows of channels. A network without either (VGG) is no faster rearranged, and stays
    /// as PyTorch computes it: where a loss is nearly flat, signs of gradients hang on the order of sums.
    /// </summary>
    private static bool GainsFromRewrite(Network network) =>
        network.Nodes.Any(node => node.Operation is BatchNormalization or Convolution { KernelSize.Product: 1 });
}
