using CnnViz.Attacks;
using CnnViz.Imaging;
using CnnViz.Reading;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Tests.Attacks;

/// <summary>Attacks at full size see what preprocessing makes of a picture, and are judged by it.</summary>
public sealed class ResizedViewTests : IDisposable
{
    private readonly DigitAttacks _digits = new();

    public void Dispose() => _digits.Dispose();

    [Theory]
    [InlineData(40, 36, 90, 70)] // shrunk
    [InlineData(40, 36, 70, 91)]
    [InlineData(33, 32, 20, 25)] // enlarged
    [InlineData(36, 36, 36, 50)] // one side is as long as it is to be
    [InlineData(30, 36, 47, 64)] // smaller than what is cut out: black around
    [InlineData(null, 28, 84, 84)]
    [InlineData(null, 28, 28, 28)]
    public void It_is_what_preprocessing_gives(int? shorterSide, int size, int height, int width)
    {
        var preprocessing = Preprocessing.ImageNet(size, shorterSide);
        using var model = new CnnModel(_digits.Model.Network, _digits.Model.Weights.ToDictionary(pair => pair.Key, pair => pair.Value.clone().DetachFromDisposeScope())) { Preprocessing = preprocessing };
        var random = new Random(height * 100 + width);
        var image = new CnnImage([.. Enumerable.Range(0, 3 * height * width).Select(_ => random.Next(256) / 255f)], 3, height, width);
        var expected = NetworkInput.Prepare(model, image);

        using var scope = NewDisposeScope();
        using var view = new ResizedView(preprocessing, height, width, CPU);
        var pixels = TensorTransfer.ToNative(image, CPU).unsqueeze(0).requires_grad_();
        var seen = view.Apply(pixels);
        var differences = TensorTransfer.ToArray(seen.detach()).Zip(expected.Data, (one, other) => Math.Round(255 * Math.Abs(one - other))).ToArray();
        // Fixed point and single precision may round halves to different sides.
        Assert.True(differences.Count(difference => difference != 0) <= differences.Length / 33, $"{differences.Count(difference => difference != 0)} of {differences.Length}");
        Assert.InRange(differences.Max(), 0, 1);
        // The gradient is that of the linear map: each pixel that is seen is a weighted mean, so that all gradients sum to the pixels seen.
        var gradient = autograd.grad([seen.sum()], [pixels])[0];
        var inside = (double)3 * Math.Min(size, shorterSide ?? size) * Math.Min(size, (shorterSide ?? size) * Math.Max(height, width) / Math.Min(height, width));
        if (shorterSide is null or >= 36)
            Assert.Equal(3.0 * size * size, gradient.sum().item<float>(), 0.5);
        else
            Assert.Equal(inside, gradient.sum().item<float>(), 0.5);
    }

    [Theory]
    [InlineData(AttackNorm.Linf, 0.25)]
    [InlineData(AttackNorm.L2, 12.0)]
    public void A_full_size_picture_fools_as_any_other_is_read(AttackNorm norm, double epsilon)
    {
        using var folder = new TemporaryFolder();
        var images = DigitAttacks.Digits(4).Select(digit => ImageExport.RoundTo8Bits(ImageResize.Resize(digit, 112, 84))).ToArray();
        var large = images.Zip(DigitAttacks.Digits(4), (image, digit) => new CnnImage(image.Data, 1, 112, 84) { Class = digit.Class, Label = digit.Label }).ToArray();
        var outcome = AdversarialMaker.Make([_digits.Model], large, new AttackOptions { Epsilon = epsilon, Norm = norm, FullSize = true }, new RunOptions());
        Assert.Empty(outcome.Failures);
        Assert.InRange(outcome.Examples.Count(example => example.Success), 3, 4);
        foreach (var example in outcome.Examples)
        {
            Assert.Equal([1, 112, 84], example.Adversarial.Shape);
            Assert.False(example.Adversarial.IsNetworkInput);
            Assert.InRange(norm == AttackNorm.Linf ? example.EpsilonAfterSave : example.L2, 0, epsilon + 1e-6);
            var path = folder["full.png"];
            ImageExport.Save(example.Image, path, new ImageWriteOptions { Force = true });
            var answer = Predictor.Predict(_digits.Model, [ImageSource.FromPath(path).Read()], new PredictionOptions { Top = 1 })[0][0];
            Assert.Equal(example.After.Class, answer.Class);
            Assert.Equal(example.Success, answer.Class != example.Class);
        }
    }

    [Fact]
    public void What_is_cropped_away_stays_as_it_is()
    {
        using var scope = NewDisposeScope();
        using var view = new ResizedView(Preprocessing.ImageNet(32, 36), 72, 144, CPU);
        var pixels = rand([1, 3, 72, 144]).requires_grad_();
        var gradient = autograd.grad([view.Apply(pixels).sum()], [pixels])[0];
        Assert.Equal(0, gradient.narrow(3, 0, 38).abs().sum().item<float>());
        Assert.NotEqual(0, gradient.narrow(3, 60, 20).abs().sum().item<float>());
    }
}
