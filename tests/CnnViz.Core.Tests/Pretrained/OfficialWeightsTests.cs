using CnnViz.Networks.Pretrained;

namespace CnnViz.Tests.Pretrained;

public sealed class OfficialWeightsTests
{
    public static TheoryData<string> Names => [.. OfficialWeights.All.Select(weights => weights.Architecture)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ARowHoldsTogether(string architecture)
    {
        var weights = OfficialWeights.Find(architecture)!;
        Assert.Equal(Uri.UriSchemeHttps, weights.Address.Scheme);
        Assert.Matches("^[0-9a-f]{8,64}$", weights.Digest);
        // The file's name carries the first digits.
        Assert.StartsWith(weights.FileName.Split('-')[^1].Split('.')[0], weights.Digest, StringComparison.Ordinal);
        Assert.InRange(weights.Top1, 0.5, 0.95);
        Assert.InRange(weights.Bytes, 1_000_000, 600_000_000);
    }

    [Fact]
    public void WeightsAreFoundByTheirArchitecture()
    {
        Assert.Equal("https://download.pytorch.org/models/vgg19-dcbb9e9d.pth", OfficialWeights.Find("VGG19")!.Address.AbsoluteUri);
        Assert.Equal(574_673_361, OfficialWeights.Find("vgg19")!.Bytes);
        Assert.Null(OfficialWeights.Find("lenet5"));
    }
}
