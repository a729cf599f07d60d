namespace CnnViz.Running;

/// <summary>How the learning rate goes over a run.</summary>
public enum Schedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It rises linearly over the first tenth, then falls as half a cosine to 0.</summary>
    Cosine,
}

/// <summary>The learning rate at each step of a schedule.</summary>
public static class ScheduleExtensions
{
    private const double WarmUp = 0.1;

    /// <summary>The factor of the learning rate, in [0, 1].</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="step">Steps done before.</param>
    /// <param name="stepCount">Steps in all.</param>
    public static double Factor(this Schedule schedule, int step, int stepCount)
    {
        if (schedule == Schedule.Constant)
            return 1;
        var place = (step + 0.5) / stepCount;
        return place < WarmUp ? place / WarmUp : 0.5 * (1 + Math.Cos(Math.PI * (place - WarmUp) / (1 - WarmUp)));
    }
}
