namespace Trigger.Storage;

/// <summary>A run as listed.</summary>
public sealed record RunRow
{
    public required string Id { get; init; }
    public required RunHeader Header { get; init; }
    public required int Devices { get; init; }

    /// <summary>Steps of all devices together; null in runs of old.</summary>
    public long? Steps { get; init; }

    public required string State { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required long Accepted { get; init; }
    public required long Refused { get; init; }
    public required long Unknown { get; init; }
}
