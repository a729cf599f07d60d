using CnnViz.Attacks;
using CnnViz.Data;
using CnnViz.Imaging;
using CnnViz.Running;

namespace CnnViz.Tests.Attacks;

/// <summary>The built-in network for digits, and digits that it reads rightly.</summary>
internal sealed class DigitAttacks : IDisposable
{
    public CnnModel Model { get; } = ModelSource.Parse("lenet5-digits").Open();

    /// <summary>The first of each of so many digits.</summary>
    public static CnnImage[] Digits(int count) => [.. Enumerable.Range(0, count).Select(digit => Datasets.Digits().Test!.OfClass(digit).GetImage(0))];

    public AttackOutcome Make(AttackOptions options, params CnnImage[] images) => AdversarialMaker.Make([Model], images, options, new RunOptions());

    /// <summary>A problem of some digits, to be left for any other class or for the next one.</summary>
    public AttackProblem Problem(int count, bool isTargeted = false, AttackNorm norm = AttackNorm.Linf, double epsilon = 0.2) => new(
        [Model], new CnnTensor([.. Digits(count).SelectMany(image => ImageExport.RoundTo8Bits(image).Data)], [count, 1, 28, 28], "NCHW"),
        [.. Enumerable.Range(0, count).Select(digit => isTargeted ? (digit + 1) % 10 : digit)], isTargeted)
    {
        Norm = norm,
        Epsilon = epsilon,
        Seed = 5,
    };

    public void Dispose() => Model.Dispose();
}
