using System.Collections.Frozen;
using Trigger.Cluster.Sharding;

namespace Trigger.Cluster.Leases;

/// <summary>
/// Answers, as the last act before a byte is sent, whether this node still owns a shard. Any thread may ask, without a lock: one read of the clock, two of memory.
/// <para>It closes by itself when the lease's end comes, whatever the rest of the process is doing. What it cannot see is a process that is frozen between the question
/// and the write; therefore intents are put on record before, and the new owner holds off.</para>
/// </summary>
public sealed class LeaseGate
{
    private readonly TimeProvider clock;
    private readonly double timeSpanTicks;
    private Grants grants = Grants.None;

    internal LeaseGate(TimeProvider clock)
    {
        this.clock = clock;
        timeSpanTicks = (double)TimeSpan.TicksPerSecond / clock.TimestampFrequency;
    }

    /// <summary>Whether the node's lease holds now.</summary>
    public bool IsOpen => Volatile.Read(ref grants).Lease.HoldsAt(Now.Ticks);

    /// <summary>How long the lease holds if nothing comes; zero when it does not.</summary>
    public TimeSpan Left
    {
        get
        {
            var (lease, now) = (Volatile.Read(ref grants).Lease, Now.Ticks);
            return lease.HoldsAt(now) ? TimeSpan.FromTicks(lease.End - now) : TimeSpan.Zero;
        }
    }

    /// <summary>The clock of the lease, as a time since some fixed moment.</summary>
    internal TimeSpan Now => TimeSpan.FromTicks((long)(clock.GetTimestamp() * timeSpanTicks));

    /// <summary>Whether a byte may be sent to a device of this shard: it is this node's, now, and the hold-off after a lost owner is over.</summary>
    public bool MaySend(string space, int shard)
    {
        var current = Volatile.Read(ref grants);
        return current.Of(space, shard) is { Epoch: > 0 } grant && Now.Ticks is var now && now >= grant.NotBefore && current.Lease.HoldsAt(now);
    }

    /// <summary>The epoch under which this node owns the shard, to be written with everything that is written for it; null when the shard is not its own now.</summary>
    public long? EpochOf(string space, int shard)
    {
        var current = Volatile.Read(ref grants);
        return current.Of(space, shard) is { Epoch: > 0 } grant && current.Lease.HoldsAt(Now.Ticks) ? grant.Epoch : null;
    }

    /// <summary>Publishes what the node owns under its lease.</summary>
    internal void Grant(Lease lease, IReadOnlyDictionary<ShardId, ShardGrant> shards) => Volatile.Write(ref grants, Grants.Of(lease, shards));

    /// <summary>Closes now. Whoever asked a moment ago was told the truth of then.</summary>
    internal void Close()
    {
        Volatile.Read(ref grants).Lease.Close();
        Volatile.Write(ref grants, Grants.None);
    }

    // The lease is part of what is published, so that a reader that holds an old list asks the lease of that old life, which is closed for ever.
    private sealed class Grants(Lease lease, FrozenDictionary<string, ShardGrant[]> spaces)
    {
        public static readonly Grants None = new(new Lease(long.MinValue), FrozenDictionary<string, ShardGrant[]>.Empty);

        public Lease Lease => lease;

        public static Grants Of(Lease lease, IReadOnlyDictionary<ShardId, ShardGrant> shards) => new(lease, shards
            .GroupBy(entry => entry.Key.Space)
            .ToFrozenDictionary(space => space.Key, space =>
            {
                var numbers = new ShardGrant[space.Max(entry => entry.Key.Number) + 1];
                foreach (var (shard, grant) in space)
                    numbers[shard.Number] = grant;
                return numbers;
            }));

        public ShardGrant Of(string space, int shard) => spaces.TryGetValue(space, out var numbers) && (uint)shard < (uint)numbers.Length ? numbers[shard] : default;
    }
}
