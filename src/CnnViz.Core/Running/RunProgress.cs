namespace CnnViz.Running;

/// <summary>Where a run stands.</summary>
/// <param name="Activity">What is done, such as <c>Training lenet5</c>.</param>
/// <param name="Completed">Steps done.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="Status">The latest figures, such as loss and accuracy.</param>
/// <param name="Elapsed">Time since this session of the run began.</param>
/// <param name="Remaining">Time still to go at this pace; null before the pace is known.</param>
public sealed record RunProgress(string Activity, int Completed, int Total, string Status, TimeSpan Elapsed, TimeSpan? Remaining)
{
    /// <summary>What is counted, where it is not steps: <c>MB</c>.</summary>
    public string Unit { get; init; } = "";
}
