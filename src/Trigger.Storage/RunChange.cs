namespace Trigger.Storage;

/// <summary>What an event changes in the list of runs. What is null stays as it is.</summary>
public sealed record RunChange(string Id)
{
    /// <summary>Given once, when the run is new.</summary>
    public RunHeader? New { get; init; }

    public int? Devices { get; init; }

    /// <summary>Of all devices together.</summary>
    public int? Steps { get; init; }

    /// <summary>"running", "awaiting approval", "paused", "cancelling", "finished".</summary>
    public string? State { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
