using static TorchSharp.torch;

namespace CnnViz.Bench.Plain;

/// <summary>
/// The work of the comparisons as plain loops over TorchSharp: the same calls of libtorch in the same oneDNN mode, without anything of CnnViz.
/// The parameters ask for no gradients, as CnnViz's do not.
/// </summary>
internal static class PlainLoops
{
    private static readonly int[] StyleLayers = [1, 6, 11, 20, 29];
    private const int ContentLayer = 22;
    private const int CamLayer = 35;

    /// <summary>The logits of VGG-19.</summary>
    public static void Forward(IReadOnlyDictionary<string, Tensor> weights, Tensor image)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        PlainNetworks.Vgg19(weights, image);
    }

    /// <summary>The magnitude of the gradient of class 3 by VGG-19.</summary>
    public static void Saliency(IReadOnlyDictionary<string, Tensor> weights, Tensor image)
    {
        using var scope = NewDisposeScope();
        var x = image.detach().requires_grad_();
        PlainNetworks.Vgg19(weights, x)[0, 3].backward();
        _ = x.grad!.abs().amax([1]).data<float>().ToArray();
    }

    /// <summary>Grad-CAM of class 3 at the last ReLU of VGG-19, enlarged to the picture.</summary>
    public static void GradCam(IReadOnlyDictionary<string, Tensor> weights, Tensor image)
    {
        using var scope = NewDisposeScope();
        Tensor? maps = null;
        var x = image.detach().requires_grad_();
        var logits = PlainNetworks.Vgg19(weights, x, (position, output) => maps = position == CamLayer ? output : maps);
        var gradient = autograd.grad([logits[0, 3]], [maps!])[0];
        var cam = (gradient.mean([2, 3], keepdim: true) * maps!.detach()).sum(1, keepdim: true).relu();
        _ = nn.functional.interpolate(cam, [image.shape[2], image.shape[3]], mode: InterpolationMode.Bilinear, align_corners: false).data<float>().ToArray();
    }

    /// <summary>Ten steps of PGD with SqueezeNet 1.1.</summary>
    public static void Pgd(IReadOnlyDictionary<string, Tensor> weights, Tensor images, Tensor labels, double epsilon, double stepSize)
    {
        using var scope = NewDisposeScope();
        var adversarial = images.clone();
        for (var step = 0; step < 10; step++)
        {
            using var inner = NewDisposeScope();
            var x = adversarial.detach().requires_grad_();
            var cost = nn.functional.cross_entropy(PlainNetworks.SqueezeNet(weights, Normalize(x)), labels);
            var gradient = autograd.grad([cost], [x])[0];
            using var mode = no_grad();
            var moved = adversarial + stepSize * gradient.sign();
            adversarial = (images + (moved - images).clamp(-epsilon, epsilon)).clamp(0, 1).MoveToOuterDisposeScope();
        }
    }

    /// <summary>A step of gradient ascent on half the squared norm of features.10 of SqueezeNet 1.1.</summary>
    public static Tensor DreamStep(IReadOnlyDictionary<string, Tensor> weights, Tensor image, double stepSize)
    {
        using var scope = NewDisposeScope();
        var x = image.detach().requires_grad_();
        var activity = PlainNetworks.SqueezeNet(weights, Normalize(x.roll([7, -5], [2, 3])), last: 10);
        (0.5 * activity.square().sum()).backward();
        using var mode = no_grad();
        return (image + stepSize * x.grad! / x.grad!.abs().mean()).clamp(0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of the style loss of a picture by VGG-19, and a step of Adam.</summary>
    public static void StyleStep(
        IReadOnlyDictionary<string, Tensor> weights, Tensor image, Tensor content, IReadOnlyDictionary<int, Tensor> grams, optim.Optimizer adam)
    {
        using var scope = NewDisposeScope();
        adam.zero_grad();
        var loss = zeros([]);
        PlainNetworks.Vgg19(weights, Normalize(image), (position, output) =>
        {
            if (position == ContentLayer)
                loss = loss + 5 * nn.functional.mse_loss(output, content);
            if (StyleLayers.Contains(position))
                loss = loss + 100 * nn.functional.mse_loss(Gram(output), grams[position]);
        }, StyleLayers[^1]);
        var variation = (image.narrow(2, 1, image.shape[2] - 1) - image.narrow(2, 0, image.shape[2] - 1)).abs().sum()
            + (image.narrow(3, 1, image.shape[3] - 1) - image.narrow(3, 0, image.shape[3] - 1)).abs().sum();
        (loss + 0.255 * variation).backward();
        adam.step();
        using var mode = no_grad();
        image.clamp_(0, 1);
    }

    /// <summary>What a style step wants: the content's maps, and the Gram matrices of the style.</summary>
    public static (Tensor Content, IReadOnlyDictionary<int, Tensor> Grams) StyleTargets(IReadOnlyDictionary<string, Tensor> weights, Tensor content, Tensor style)
    {
        using var mode = no_grad();
        var grams = new Dictionary<int, Tensor>();
        PlainNetworks.Vgg19(weights, Normalize(style), (position, output) =>
        {
            if (StyleLayers.Contains(position))
                grams[position] = Gram(output);
        }, StyleLayers[^1]);
        return (PlainNetworks.Vgg19(weights, Normalize(content), last: ContentLayer), grams);
    }

    private static Tensor Gram(Tensor maps)
    {
        var vectors = maps.flatten(2)[0];
        return vectors.mm(vectors.t()) / vectors.NumberOfElements;
    }

    private static Tensor Normalize(Tensor x) => (x - Mean) / Deviation;

    private static readonly Tensor Mean = tensor([0.485f, 0.456f, 0.406f], [1, 3, 1, 1]).DetachFromDisposeScope();

    private static readonly Tensor Deviation = tensor([0.229f, 0.224f, 0.225f], [1, 3, 1, 1]).DetachFromDisposeScope();
}
