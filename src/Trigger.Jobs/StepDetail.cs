using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>What one command of a run brings along besides its line.</summary>
public sealed record StepDetail
{
    /// <summary>What to answer when the device asks something.</summary>
    public IReadOnlyList<StepAnswer>? Answers { get; init; }

    /// <summary>How long the device may take; null for the run's own limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
