using System.Globalization;
using CnnViz.Networks;
using CnnViz.Networks.Pretrained;
using CnnViz.Networks.Zoo;

namespace CnnViz.Reporting;

/// <summary>One network of each family that comes by name.</summary>
internal sealed class ZooSection : ITourSection
{
    private static readonly string[] Shown =
        [LeNet5.OriginalName, AlexNet.Name, "vgg19", GoogLeNet.Name, InceptionV3.Name, "resnet50", SqueezeNet.Name11, "densenet121", Xception.Name, ShuffleNetV2.Name, MobileNetV2.Name];

    public string Title => "Larger relatives";

    public IReadOnlyList<ReportBlock> Draw(TourContext context) =>
    [
        new Paragraph(
            $"{Architectures.All.Count} networks come by name, with the weights that they were published with where there are any. Twenty years made them "
            + "deeper; then they became smaller again: the later ones do with a few million learned numbers what took VGG 144 million."),
        new ReportTable(
            ["network", "#year", "#input", "#layers with weights", "#learned numbers", "#multiply-adds", "#ImageNet top-1"],
            [.. Shown.Select(Architectures.Find).OrderBy(architecture => architecture!.Year).Select(architecture => Row(architecture!))]),
        new Paragraph("Import-CnnModel mobilenet_v2 -Pretrained downloads one; Get-CnnArchitecture lists all of them. Top-1 is the part of ImageNet's 50,000 validation pictures whose first answer is right, as published. Heads that only training uses are not counted."),
    ];

    private static IReadOnlyList<string> Row(Architecture architecture)
    {
        var network = architecture.Build();
        var needed = NetworkAnalysis.NeededForOutput(network);
        var layers = NetworkAnalysis.Layers(network).Where((_, i) => needed[i + 1]).ToArray();
        return
        [
            architecture.Name,
            architecture.Year.ToString(CultureInfo.InvariantCulture),
            string.Join(" × ", network.InputShape),
            layers.Count(layer => layer.Type is "Conv2d" or "Linear").ToString(CultureInfo.InvariantCulture),
            layers.Sum(layer => layer.ParameterCount).ToString("N0", CultureInfo.InvariantCulture),
            layers.Sum(layer => layer.MultiplyAdds).ToString("N0", CultureInfo.InvariantCulture),
            OfficialWeights.Find(architecture.Name)?.Top1.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "",
        ];
    }
}
