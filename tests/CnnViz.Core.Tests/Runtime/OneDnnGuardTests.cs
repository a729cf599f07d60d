using CnnViz.Runtime;

namespace CnnViz.Tests.Runtime;

[Collection(Alone.Name)]
public sealed class OneDnnGuardTests
{
    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    public void The_variable_decides_before_anything_is_looked_at(string chosen, bool isEnabled)
    {
        var state = OneDnnGuard.Decide(chosen, hidesCaches: true, () => throw new InvalidOperationException("asked"));
        Assert.Equal(isEnabled, state.IsEnabled);
        Assert.Contains($"{OneDnnGuard.Variable} is '{chosen}'", state.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("ON")]
    [InlineData(" on")]
    public void Another_word_is_refused(string chosen)
    {
        var error = Assert.Throws<CnnVizException>(() => OneDnnGuard.Decide(chosen, hidesCaches: false, () => null));
        Assert.Equal("ArgumentInvalid", error.ErrorId);
        Assert.Contains(OneDnnGuard.Variable, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{chosen}'", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A computation by a faulty oneDNN may end the process, so that it is not even tried.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Hidden_caches_switch_it_off_without_a_computation(string? chosen)
    {
        var state = OneDnnGuard.Decide(chosen, hidesCaches: true, () => throw new InvalidOperationException("asked"));
        Assert.False(state.IsEnabled);
        Assert.Contains("cache sizes", state.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("a convolution deviates", false)]
    public void Otherwise_the_comparison_decides(string? deviation, bool isEnabled)
    {
        var state = OneDnnGuard.Decide(null, hidesCaches: false, () => deviation);
        Assert.Equal(isEnabled, state.IsEnabled);
        if (!isEnabled)
            Assert.Equal(deviation, state.Reason);
    }

    [Fact]
    public void The_decision_is_in_force_and_is_what_would_be_decided_again()
    {
        var state = TorchSetup.OneDnn;
        Assert.Equal(state, OneDnnGuard.Apply());
        Assert.Equal(state.IsEnabled ? "on" : "off", state.Word);
        Assert.StartsWith(state.Word + ": ", state.ToString(), StringComparison.Ordinal);
    }

    /// <summary>libtorch's own convolution passes, whatever oneDNN does on this machine.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_probe_agrees_with_a_right_convolution(bool isGradient)
    {
        var probe = new OneDnnProbe(Batch: 2, Input: 10, Output: 20, Size: 12, Kernel: 5, isGradient);
        TorchSwitches.UseOneDnn(false);
        try
        {
            Assert.InRange(probe.Deviation(), 0, 1e-5);
        }
        finally
        {
            TorchSwitches.UseOneDnn(TorchSetup.OneDnn.IsEnabled);
        }
    }
}
