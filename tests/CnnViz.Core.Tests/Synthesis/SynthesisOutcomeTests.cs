using CnnViz.Synthesis;

namespace CnnViz.Tests.Synthesis;

/// <summary>What a user is told of the pictures that came of a synthesis.</summary>
public sealed class SynthesisOutcomeTests
{
    [Fact]
    public void A_picture_whose_objective_never_changed_is_named()
    {
        var outcome = new SynthesisOutcome([Of("alive", 0, 0, 0.1), Of("dead", 0, 0, 0), Of("one step", 0)]);
        Assert.Contains("'dead' did not react", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    private static SynthesizedImage Of(string title, params double[] history) => new()
    {
        Title = title,
        Image = new CnnImage(new float[4], 1, 2, 2),
        History = history,
        Recipe = new Recipe { Operation = "Test" },
    };
}
