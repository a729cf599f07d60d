using CnnViz.Imaging;

namespace CnnViz.Tests;

/// <summary>samples and convolve.</summary>
public sealed class PictureCommandTests : CliTest
{
    [Fact]
    public void Samples_are_twenty_labelled_digits_on_a_sheet()
    {
        var sheet = PathOf("digits.png");

        var samples = RunJson("samples", "--output", sheet, "--column", "10").GetProperty("Samples").EnumerateArray().ToArray();

        Assert.Equal(20, samples.Length);
        Assert.Equal(Enumerable.Range(0, 10), samples.Take(10).Select(sample => sample.GetProperty("Class").GetInt32()).Order());
        var picture = ImageSource.FromPath(sheet).Read();
        Assert.True(picture.Width > 4 * picture.Height);
    }

    [Fact]
    public void Samples_of_a_class_become_files_that_read_back_the_same()
    {
        var folder = PathOf("sixes");

        var files = RunJson("samples", "--class", "6", "--first", "3", "--directory", folder).GetProperty("Files").EnumerateArray().ToArray();

        Assert.Equal(3, files.Length);
        Assert.Equal(CnnViz.Data.Datasets.Digits().Test!.OfClass(6).GetImage(2).Data, ImageSource.FromPath(files[2].GetString()!).Read().Data);
    }

    [Theory]
    [InlineData(2, "ClassUnknown", "--class", "ten")]
    [InlineData(2, "IndexOutOfRange", "--index", "10000")]
    [InlineData(2, "ArgumentInvalid", "--first", "-1")]
    [InlineData(1, "DatasetNotFound", "--dataset", "letters")]
    public void Bad_arguments_of_samples_are_named(int exitCode, string errorId, params string[] args) => AssertFails(Run(["samples", .. args]), exitCode, errorId);

    [Theory]
    [InlineData("Laplacian")]
    [InlineData("0,1,0;1,-4,1;0,1,0")]
    public void A_kernel_is_a_name_or_its_weights(string kernel)
    {
        var values = PathOf("values.npy");

        RunJson("convolve", Digit(), "--kernel", kernel, "-o", values);

        var expected = ImageFilter.Convolve(ImageSource.FromPath(Digit()).Read(), Kernel.Parse("Laplacian").Weights);
        Assert.Equal(expected.Data, ImageSource.FromPath(values).ReadTensor().Data);
    }

    [Fact]
    public void A_convolved_picture_keeps_its_recipe_and_takes_the_options()
    {
        var picture = PathOf("edges.png");

        RunJson("convolve", Digit(), "--kernel", "SobelX", "--padding", "valid", "--stride", "2", "-o", picture);

        var read = ImageSource.FromPath(picture).Read();
        Assert.Equal([3, 13, 13], read.Shape);
        Assert.Equal("Valid", read.Recipe?.Parameters["Padding"]);
    }

    [Theory]
    [InlineData("Sobel")]
    [InlineData("1,2;3")]
    [InlineData("1,x")]
    public void A_bad_kernel_is_a_wrong_argument(string kernel) => AssertFails(Run("convolve", Digit(), "--kernel", kernel), 2, "ArgumentInvalid");
}
