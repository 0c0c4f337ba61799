namespace Trigger.Jobs;

/// <summary>The commands of some of a run's devices, such as those of one vendor.</summary>
public sealed record CommandSet(IReadOnlyList<string> Commands)
{
    /// <summary>What some of the commands bring along, by their number from 0; null when none does.</summary>
    public IReadOnlyDictionary<int, StepDetail>? Details { get; init; }
}
