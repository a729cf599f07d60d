using CnnViz.Runtime;

namespace CnnViz.Tests.Runtime;

public sealed class BlasLibraryTests
{
    private const string Address = "7f1c00000000-7f1c01000000 r-xp 00028000 fe:01 131 ";
    private const string NoConfiguration = "";

    [Theory]
    [InlineData("/usr/lib/x86_64-linux-gnu/openblas-openmp/libopenblasp-r0.3.21.so", BlasKind.OpenBlasOpenMP)]
    [InlineData("/usr/lib/x86_64-linux-gnu/openblas-openmp/libblas.so.3", BlasKind.OpenBlasOpenMP)]
    [InlineData("/usr/lib64/libopenblaso-r0.3.26.so", BlasKind.OpenBlasOpenMP)]
    [InlineData("/usr/lib/aarch64-linux-gnu/openblas-pthread/libblas.so.3", BlasKind.OpenBlasPthread)]
    [InlineData("/usr/lib/x86_64-linux-gnu/openblas-serial/libopenblas-r0.3.21.so", BlasKind.OpenBlasSerial)]
    [InlineData("/opt/venv/lib/python3.12/site-packages/torch.libs/libopenblasp-r0-1bb1ab07.so", BlasKind.OpenBlas)]
    [InlineData("/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0", BlasKind.Reference)]
    [InlineData("/usr/lib/x86_64-linux-gnu/atlas/libblas.so.3.10.3", BlasKind.Atlas)]
    [InlineData("/usr/lib/x86_64-linux-gnu/blis-openmp/libblas.so.4", BlasKind.Blis)]
    [InlineData("/usr/lib/x86_64-linux-gnu/libblis.so.4", BlasKind.Blis)]
    [InlineData("/opt/intel/oneapi/mkl/latest/lib/libmkl_core.so.2", BlasKind.Mkl)]
    [InlineData("/usr/lib/x86_64-linux-gnu/libdnnl.so.2.6", BlasKind.Unknown)]
    [InlineData("/usr/lib/x86_64-linux-gnu/libtorch_cpu.so.1.13.0", BlasKind.Unknown)]
    public void A_line_of_the_process_map_tells_the_library(string path, BlasKind expected)
    {
        var found = BlasLibrary.Find([Address + "/usr/lib/x86_64-linux-gnu/libc.so.6", Address + path, "7ffd000-7ffe000 rw-p 0 00:00 0 [stack]"], NoConfiguration);
        Assert.Equal(expected, found.Kind);
        Assert.Equal(expected == BlasKind.Unknown ? null : path, found.Path);
    }

    [Fact]
    public void The_library_that_says_more_about_itself_counts()
    {
        var found = BlasLibrary.Find(["/usr/lib/libopenblas.so.0", "/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3"], NoConfiguration);
        Assert.Equal(BlasKind.OpenBlasPthread, found.Kind);
    }

    [Fact]
    public void Mkl_inside_of_libtorch_is_known_from_its_configuration()
    {
        var found = BlasLibrary.Find([], "  - Intel(R) oneAPI Math Kernel Library Version 2024.2-Product Build 20240605");
        Assert.Equal(new BlasLibrary(BlasKind.Mkl, null), found);
        Assert.Equal(BlasKind.Unknown, BlasLibrary.Find([], "  - Intel(R) MKL-DNN v2.6.3").Kind);
    }
}
