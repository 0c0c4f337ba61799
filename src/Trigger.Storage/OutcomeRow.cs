namespace Trigger.Storage;

/// <summary>One step's outcome on one device, as stored.</summary>
public sealed record OutcomeRow
{
    public required string Run { get; init; }
    public required string Device { get; init; }
    public required int Step { get; init; }
    public required string Platform { get; init; }
    public required string Command { get; init; }

    /// <summary>"accepted", "refused" or "unknown".</summary>
    public required string Verdict { get; init; }

    public string? FaultKind { get; init; }
    public string? FaultText { get; init; }
    public required long ElapsedMicroseconds { get; init; }
    public required string Output { get; init; }

    /// <summary>What else is known of it, as JSON; null for nothing.</summary>
    public string? Notes { get; init; }
}
