namespace CnnViz.Running;

/// <summary>How the learning rate goes over a run.</summary>
public enum Schedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It rises linearly over the first tenth, then falls as half a cosine to 0.</summary>
    Cosine,

    /// <summary>It falls linearly to 0.</summary>
    Linear,

    /// <summary>It is a tenth from the half on, and a hundredth from three quarters on (He et al. 2015).</summary>
    Step,

    /// <summary>It is divided by 1 + decay · step, as Keras' <c>decay</c> does.</summary>
    InverseTime,
}

/// <summary>The learning rate at each step of a schedule.</summary>
public static class ScheduleExtensions
{
    private const double WarmUp = 0.1;

    /// <summary>The factor of the learning rate, in [0, 1].</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="step">Steps done before.</param>
    /// <param name="stepCount">Steps in all.</param>
    /// <param name="decay">How fast <see cref="Schedule.InverseTime"/> falls; nothing to the others.</param>
    public static double Factor(this Schedule schedule, int step, int stepCount, double decay = 0)
    {
        var place = (step + 0.5) / stepCount;
        return schedule switch
        {
            Schedule.Cosine => place < WarmUp ? place / WarmUp : 0.5 * (1 + Math.Cos(Math.PI * (place - WarmUp) / (1 - WarmUp))),
            Schedule.Linear => 1 - place,
            Schedule.Step => place < 0.5 ? 1 : place < 0.75 ? 0.1 : 0.01,
            Schedule.InverseTime => 1 / (1 + decay * step),
            _ => 1,
        };
    }
}
