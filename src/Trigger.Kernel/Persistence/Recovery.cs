namespace Trigger.Kernel.Persistence;

/// <summary>How far a persistent actor is recovered.</summary>
public sealed record Recovery(long ToSequenceNr = long.MaxValue, long ReplayMax = long.MaxValue)
{
    public static readonly Recovery Default = new();

    /// <summary>No event is replayed; the highest sequence number is still read.</summary>
    public static readonly Recovery None = new(ToSequenceNr: 0);
}
