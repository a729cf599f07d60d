using CnnViz.Data.Patterns;
using CnnViz.Networks.Labels;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// The architectures that can be built by name. Nodes have PyTorch's names, so that its weights fit: a module's own name; for what a module computes by a
/// function, the module's name and the function's (<c>layer1.0.add</c>); and where a module is called again, a number (<c>layer1.0.relu_1</c>), as
/// torchvision's feature extraction numbers them.
/// </summary>
public static class Architectures
{
    private static readonly Dictionary<string, Architecture> ByName = new Architecture[]
    {
        new(LeNet5.ThesisName, 2019, 10, classes => LeNet5.Thesis(classCount: classes)),
        new(LeNet5.SmallKernelName, 2019, 10, classes => LeNet5.Thesis(kernelSize: 3, classes)),
        new(LeNet5.OriginalName, 1998, 10, _ => LeNet5.Original()),
        new(FourFilters.Name, 2019, 4, _ => FourFilters.Build()),
        ImageNet(AlexNet.Name, 2014, AlexNet.Build),
        ImageNet("vgg11", 2014, classes => Vgg.Build("vgg11", [1, 1, 2, 2, 2], isNormalized: false, classes)),
        ImageNet("vgg13", 2014, classes => Vgg.Build("vgg13", [2, 2, 2, 2, 2], isNormalized: false, classes)),
        ImageNet("vgg16", 2014, classes => Vgg.Build("vgg16", [2, 2, 3, 3, 3], isNormalized: false, classes)),
        ImageNet("vgg19", 2014, classes => Vgg.Build("vgg19", [2, 2, 4, 4, 4], isNormalized: false, classes)),
        ImageNet("vgg11_bn", 2014, classes => Vgg.Build("vgg11_bn", [1, 1, 2, 2, 2], isNormalized: true, classes)),
        ImageNet("vgg13_bn", 2014, classes => Vgg.Build("vgg13_bn", [2, 2, 2, 2, 2], isNormalized: true, classes)),
        ImageNet("vgg16_bn", 2014, classes => Vgg.Build("vgg16_bn", [2, 2, 3, 3, 3], isNormalized: true, classes)),
        ImageNet("vgg19_bn", 2014, classes => Vgg.Build("vgg19_bn", [2, 2, 4, 4, 4], isNormalized: true, classes)),
        ImageNet(SqueezeNet.Name10, 2016, SqueezeNet.Build10),
        ImageNet(SqueezeNet.Name11, 2016, SqueezeNet.Build11),
        ImageNet("resnet18", 2015, classes => ResNet.Build("resnet18", [2, 2, 2, 2], isBottleneck: false, classes)),
        ImageNet("resnet34", 2015, classes => ResNet.Build("resnet34", [3, 4, 6, 3], isBottleneck: false, classes)),
        ImageNet("resnet50", 2015, classes => ResNet.Build("resnet50", [3, 4, 6, 3], isBottleneck: true, classes)),
        ImageNet("resnet101", 2015, classes => ResNet.Build("resnet101", [3, 4, 23, 3], isBottleneck: true, classes)),
        ImageNet("resnet152", 2015, classes => ResNet.Build("resnet152", [3, 8, 36, 3], isBottleneck: true, classes)),
        ImageNet("densenet121", 2016, classes => DenseNet.Build("densenet121", [6, 12, 24, 16], stem: 64, growth: 32, classes)),
        ImageNet("densenet161", 2016, classes => DenseNet.Build("densenet161", [6, 12, 36, 24], stem: 96, growth: 48, classes)),
        ImageNet("densenet169", 2016, classes => DenseNet.Build("densenet169", [6, 12, 32, 32], stem: 64, growth: 32, classes)),
        ImageNet("densenet201", 2016, classes => DenseNet.Build("densenet201", [6, 12, 48, 32], stem: 64, growth: 32, classes)),
        ImageNet(MobileNetV2.Name, 2018, MobileNetV2.Build),
        ImageNet(ShuffleNetV2.Name, 2018, ShuffleNetV2.Build),
        Inception(GoogLeNet.Name, 2014, GoogLeNet.Build, size: 224, shorterSide: 256),
        Inception(InceptionV3.Name, 2015, InceptionV3.Build, size: 299, shorterSide: 342),
        Inception(Xception.Name, 2016, Xception.Build, size: 299, shorterSide: 333),
        Cifar("resnet20_cifar", classes => CifarResNet.Build("resnet20_cifar", depth: 3, classes)),
        Cifar("resnet32_cifar", classes => CifarResNet.Build("resnet32_cifar", depth: 5, classes)),
        Cifar("resnet44_cifar", classes => CifarResNet.Build("resnet44_cifar", depth: 7, classes)),
        Cifar("resnet56_cifar", classes => CifarResNet.Build("resnet56_cifar", depth: 9, classes)),
        Patterns(SmallVgg.Name, SmallVgg.Build),
        Patterns(SmallVgg.NormalizedName, SmallVgg.BuildNormalized),
        new(MnistCnn.Name, 2014, 10, MnistCnn.Build) { Preprocessing = MnistCnn.Preprocessing },
        new(MnistCnn.SmallName, 2017, 10, MnistCnn.BuildSmall),
        new(MnistMlp.Name, 2019, 10, MnistMlp.Build),
    }.ToDictionary(architecture => architecture.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<Architecture> All { get; } = [.. ByName.Values.OrderBy(architecture => architecture.Name, StringComparer.Ordinal)];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(architecture => architecture.Name)];

    /// <summary>The architecture of that name; null where there is none.</summary>
    public static Architecture? Find(string name) => ByName.GetValueOrDefault(name);

    private static Architecture ImageNet(string name, int year, Func<int, Network> builder) =>
        new(name, year, ClassLabels.ImageNetCount, builder) { Preprocessing = Preprocessing.ImageNet(), Labels = ClassLabels.ImageNet };

    private static Architecture Patterns(string name, Func<int, Network> builder) =>
        new(name, 2026, PatternPainter.Names.Count, builder) { Preprocessing = SmallVgg.Preprocessing, Labels = new(PatternPainter.Names) };

    /// <summary>
    /// These take pixels from −1 to 1. torchvision normalises by ImageNet's mean and deviation first and, with official weights, turns that into this range
    /// within the network (<c>transform_input</c>); here both steps are the preprocessing, and the network is torchvision's without that step.
    /// </summary>
    private static Architecture Inception(string name, int year, Func<int, Network> builder, int size, int shorterSide) =>
        new(name, year, ClassLabels.ImageNetCount, builder)
        {
            Preprocessing = Preprocessing.ImageNet(size, shorterSide) with { Mean = [0.5f, 0.5f, 0.5f], Deviation = [0.5f, 0.5f, 0.5f] },
            Labels = ClassLabels.ImageNet,
        };

    /// <summary>
    /// The published weights were trained with ImageNet's mean and deviation; with CIFAR-10's own they answer as well (80.7 % against 80.4 % of 1,000 test
    /// pictures saved as JPEG), and training anew starts from what is usual for these pictures.
    /// </summary>
    private static Architecture Cifar(string name, Func<int, Network> builder) =>
        new(name, 2015, 10, builder) { Preprocessing = Preprocessing.Cifar10(), Labels = ClassLabels.Cifar10 };
}
