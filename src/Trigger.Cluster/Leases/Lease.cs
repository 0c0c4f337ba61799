namespace Trigger.Cluster.Leases;

/// <summary>The lease of one life of this node. Its end only moves on through an acknowledged renewal, and what was closed never opens again.</summary>
/// <param name="end">In ticks of the node's clock.</param>
internal sealed class Lease(long end)
{
    private const long Closed = long.MinValue;
    private const long NoDoubt = long.MinValue;

    private long end = end;
    private long doubtedAt = NoDoubt;

    public long End => Volatile.Read(ref end);

    /// <summary>Whether the lease holds at this moment.</summary>
    public bool HoldsAt(long now) => now < Volatile.Read(ref end) && Volatile.Read(ref doubtedAt) == NoDoubt;

    /// <summary>Moves the end on, never back. It also ends a doubt that is older than the question.</summary>
    public void Renew(long sentAt, long newEnd)
    {
        for (var known = End; known != Closed && newEnd > known; known = End)
        {
            if (Interlocked.CompareExchange(ref end, newEnd, known) == known)
                break;
        }

        if (sentAt >= Volatile.Read(ref doubtedAt))
            Volatile.Write(ref doubtedAt, NoDoubt);
    }

    /// <summary>Does not hold until a renewal is acknowledged that was sent at this moment or later.</summary>
    public void Doubt(long now) => Volatile.Write(ref doubtedAt, now);

    public void Close() => Interlocked.Exchange(ref end, Closed);
}
