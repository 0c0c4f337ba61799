namespace Trigger.Node;

/// <summary>A run as it stands in the journal.</summary>
public sealed record RunRecord
{
    public required string Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public required string Selection { get; init; }
    public required IReadOnlyList<string> Commands { get; init; }
    /// <summary>The files that its devices came from.</summary>
    public required IReadOnlyList<string> Inventory { get; init; }

    public required int Devices { get; init; }

    /// <summary>Steps of all devices together; null in runs of old, where every device had every command.</summary>
    public long? Steps { get; init; }

    /// <summary>"running", "awaiting approval", "paused", "cancelling", "interrupted" (its process is gone), "finished".</summary>
    public required string State { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Steps, over all devices, by how they ended.</summary>
    public required long Accepted { get; init; }

    /// <inheritdoc cref="Accepted"/>
    public required long Refused { get; init; }

    /// <inheritdoc cref="Accepted"/>
    public required long Unknown { get; init; }

    /// <summary>Steps without an outcome.</summary>
    public long Open => (Steps ?? (long)Devices * Commands.Count) - Accepted - Refused - Unknown;
}
