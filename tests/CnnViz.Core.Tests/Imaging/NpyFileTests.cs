using System.Text;
using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int[]> Shapes => [[], [5], [2, 3], [1, 3, 4, 4], [2, 0, 3], [1, 2, 1, 2, 2]];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TensorsComeBackWithTheirShape(int[] shape)
    {
        var count = shape.Aggregate(1, (product, extent) => product * extent);
        var tensor = new CnnTensor([.. Enumerable.Range(0, count).Select(index => (index * 1.7f) - 3)], shape);
        NpyFile.Write(tensor, _folder["t.npy"]);
        var back = ImageSource.FromPath(_folder["t.npy"]).ReadTensor();
        Assert.Equal(shape, back.Shape);
        Assert.Equal(tensor.Data, back.Data);
        // NumPy asks for values that begin at a multiple of 64.
        Assert.Equal(0, (new FileInfo(_folder["t.npy"]).Length - (4 * count)) % 64);
    }

    [Fact]
    public void FortranOrderIsTurnedIntoRows()
    {
        var tensor = ImageSource.FromPath(PathOf("fortran.npy")).ReadTensor();
        Assert.Equal([2, 3, 4], tensor.Shape);
        Assert.Equal(Enumerable.Range(0, 24).Select(index => (float)index), tensor.Data);
    }

    [Fact]
    public void OtherTypesBecomeFloat()
    {
        Assert.Equal([0f, .2f, .4f, .6f, .8f, 1f], ImageSource.FromPath(PathOf("double.npy")).ReadTensor().Data);
        Assert.Equal([-3f, 0f, 4e9f], ImageSource.FromPath(PathOf("long.npy")).ReadTensor().Data);
        Assert.Equal([8, 12, 3], ImageSource.FromPath(PathOf("bytes.npy")).ReadTensor().Shape);
    }

    [Fact]
    public void BytesInHwcAreAPicture()
    {
        var image = Read("bytes.npy");
        Assert.Equal(Read("rgb.png").Data, image.Data);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 7, "ImageTruncated")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 9, "ImageTruncated")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", 8, "ImageUnreadable")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", 8, "ImageUnreadable")]
    [InlineData("{'descr': '<f4', 'shape': (2,), }", 8, "ImageUnreadable")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", 8, "ImageUnreadable")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999, 99999), }", 8, "ImageUnreadable")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2.5,), }", 8, "ImageUnreadable")]
    [InlineData("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,), }", 8, "ImageUnreadable")]
    [InlineData("import os", 8, "ImageUnreadable")]
    public void MalformedFilesAreErrors(string header, int bodyLength, string errorId)
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[bodyLength]];
        Fails(errorId, () => NpyFile.Read(file, "t.npy"));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(50)]
    public void CutHeadersAreErrors(int length)
    {
        var file = File.ReadAllBytes(PathOf("fortran.npy"))[..length];
        Assert.Throws<CnnVizException>(() => ImageSource.FromBytes(file, "t.npy").ReadTensor());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void LaterFormatsAreRead(byte version)
    {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n";
        byte[] file = [0x93, .. "NUMPY"u8, version, 0, (byte)header.Length, 0, 0, 0, .. Encoding.ASCII.GetBytes(header), 0, 0, 0x80, 0x3f];
        Assert.Equal([1f], NpyFile.Read(file, "t.npy").Data);
        file[6] = 4;
        Fails("ImageUnreadable", () => NpyFile.Read(file, "t.npy"));
    }
}
