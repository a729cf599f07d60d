using CnnViz.Runtime;

namespace CnnViz.Tests.Runtime;

public sealed class ProcessorTests
{
    private static IEnumerable<string> Logical(int package, int core, string flags) =>
        ["processor\t: 0", "model name\t: A Processor", $"physical id\t: {package}", $"core id\t\t: {core}", $"flags\t\t: fpu {flags}", ""];

    [Fact]
    public void The_second_thread_of_a_core_is_not_counted()
    {
        var lines = new[] { (0, 0), (0, 1), (0, 0), (0, 1), (1, 0), (1, 1), (1, 0), (1, 1) }.SelectMany(place => Logical(place.Item1, place.Item2, "avx2"));
        Assert.Equal(new Processor("A Processor", 4, false), Processor.Parse(lines, usable: 8));
    }

    [Fact]
    public void Cores_that_the_process_may_not_use_are_not_counted() =>
        Assert.Equal(2, Processor.Parse([.. Logical(0, 0, ""), .. Logical(0, 1, ""), .. Logical(0, 2, "")], usable: 2).PhysicalCores);

    [Fact]
    public void Without_an_account_of_the_cores_all_usable_processors_count()
    {
        Assert.Equal(6, Processor.Parse([], usable: 6).PhysicalCores);
        Assert.Equal(new Processor("", 4, true), Processor.Parse(["processor\t: 0", "Features\t: fp asimd bf16"], usable: 4));
    }

    [Theory]
    [InlineData("avx512f avx512_bf16", true)]
    [InlineData("amx_bf16 amx_tile", true)]
    [InlineData("avx512f avx512bw", false)]
    public void The_flags_tell_bfloat16(string flags, bool expected) =>
        Assert.Equal(expected, Processor.Parse(Logical(0, 0, flags), usable: 1).HasBFloat16);
}
