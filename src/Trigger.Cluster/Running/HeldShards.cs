using Trigger.Cluster.Leases;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Cluster.Storing;
using Trigger.Kernel.Actor;

namespace Trigger.Cluster.Running;

/// <summary>What this node owns, who uses it, and what is on its way back. Keeps the gate in step: it closes for a shard before anybody hears that it is gone.</summary>
internal sealed class HeldShards(LeaseGate gate, ClusterSettings settings, IActorRef daemon)
{
    private readonly Dictionary<ShardId, Held> held = [];
    private readonly Dictionary<string, IActorRef> users = [];
    private readonly Dictionary<ShardId, long> givenBack = []; // The epoch at which each shard was last given back, so that an old reading does not bring it to life again.
    private readonly Dictionary<ShardId, ReleasedShard> releasing = [];
    private Lease lease = new(long.MinValue);

    public int Count => held.Count;

    public bool IsReleasing => releasing.Count > 0;

    public IReadOnlyList<ReleasedShard> ToRelease => [.. releasing.Values];

    public IEnumerable<ShardId> Shards => held.Keys;

    /// <summary>The epoch at which this node coordinates; null when it does not.</summary>
    public long? CoordinatorEpoch => held.TryGetValue(new ShardId(ShardSpace.Coordinator, 0), out var shard) ? shard.Epoch : null;

    /// <summary>A new life begins, with nothing.</summary>
    public void Begin(Lease newLease)
    {
        held.Clear();
        givenBack.Clear();
        releasing.Clear();
        lease = newLease;
        Publish();
    }

    public void Host(string space, IActorRef user)
    {
        users[space] = user;
        var own = held.Where(entry => entry.Key.Space == space).Select(entry => Owned(entry.Key, entry.Value)).OrderBy(shard => shard.Number).ToList();
        if (own.Count > 0)
            user.Tell(new ShardsAcquired(space, own), daemon);
        var leaving = held.Where(entry => entry.Key.Space == space && entry.Value.GiveUpBy is not null).Select(entry => entry.Key.Number).ToList();
        if (leaving.Count > 0)
            user.Tell(new GiveUpShards(space, leaving), daemon);
    }

    public void Forget(IActorRef user)
    {
        foreach (var space in users.Where(entry => entry.Value.Equals(user)).Select(entry => entry.Key).ToList())
            users.Remove(space);
    }

    /// <summary>Takes over what the database says is this node's and is not known here yet.</summary>
    /// <param name="calm">The spaces whose new owners need not hold off.</param>
    public void Adopt(MemberId self, IEnumerable<ShardRow> rows, IReadOnlySet<string> calm)
    {
        var fresh = rows.Where(row => row.Owner == self && !held.ContainsKey(row.Shard) && row.Epoch > givenBack.GetValueOrDefault(row.Shard)).ToList();
        if (fresh.Count == 0)
            return;

        foreach (var row in fresh)
            held[row.Shard] = new Held(row.Epoch, row.Unsettled && !calm.Contains(row.Shard.Space) ? gate.Now + settings.Parameters.HoldOff : TimeSpan.MinValue, GiveUpBy: null);
        Publish();
        foreach (var space in fresh.GroupBy(row => row.Shard.Space))
            Tell(space.Key, new ShardsAcquired(space.Key, [.. space.Select(row => Owned(row.Shard, held[row.Shard])).OrderBy(shard => shard.Number)]));
    }

    /// <summary>Asks the users of those shards that are to go elsewhere.</summary>
    public void GiveUpWhatIsWantedElsewhere(MemberId self, IEnumerable<ShardRow> rows) =>
        GiveUp([.. rows.Where(row => row.Owner == self && row.Wanted is { } wanted && wanted != self).Select(row => row.Shard)], settings.HandOverLimit);

    public void GiveUpEverything() => GiveUp([.. held.Keys], settings.DrainLimit);

    /// <summary>The user has done with these shards.</summary>
    public void GivenUp(string space, IEnumerable<int> numbers) => Return([.. numbers.Select(number => new ShardId(space, number)).Where(held.ContainsKey)]);

    /// <summary>Takes away what was not handed over in time.</summary>
    public void TakeWhatIsOverdue()
    {
        var now = gate.Now;
        var overdue = held.Where(entry => entry.Value.GiveUpBy < now).Select(entry => entry.Key).ToList();
        if (overdue.Count == 0)
            return;

        foreach (var shard in overdue)
            held[shard] = held[shard] with { NotBefore = TimeSpan.MaxValue }; // Never settled: the user may be in the middle of something.
        Return(overdue);
        TellLost(overdue, LossReason.HandOverOverdue);
    }

    public void Released(IEnumerable<ReleasedShard> done)
    {
        foreach (var shard in done.Where(shard => releasing.TryGetValue(shard.Shard, out var current) && current.Epoch == shard.Epoch))
            releasing.Remove(shard.Shard);
    }

    /// <summary>Everything is gone at once.</summary>
    public void LoseAll(LossReason reason)
    {
        gate.Close();
        var all = held.Keys.ToList();
        held.Clear();
        releasing.Clear();
        TellLost(all, reason);
    }

    private void GiveUp(List<ShardId> shards, TimeSpan limit)
    {
        var by = gate.Now + limit;
        var asked = shards.Where(shard => held.TryGetValue(shard, out var own) && !(own.GiveUpBy <= by)).ToList();
        foreach (var shard in asked)
            held[shard] = held[shard] with { GiveUpBy = by };

        Return([.. asked.Where(shard => !users.ContainsKey(shard.Space))]);
        foreach (var space in asked.Where(held.ContainsKey).GroupBy(shard => shard.Space))
            Tell(space.Key, new GiveUpShards(space.Key, [.. space.Select(shard => shard.Number).Order()]));
    }

    private void Return(List<ShardId> shards)
    {
        if (shards.Count == 0)
            return;

        var now = gate.Now;
        foreach (var shard in shards)
        {
            held.Remove(shard, out var own);
            givenBack[shard] = own.Epoch;
            releasing[shard] = new ReleasedShard(shard, own.Epoch, Settled: now >= own.NotBefore);
        }

        Publish();
    }

    private void Publish() => gate.Grant(lease, held.ToDictionary(entry => entry.Key, entry => new ShardGrant(entry.Value.Epoch, entry.Value.NotBefore.Ticks)));

    private void TellLost(List<ShardId> shards, LossReason reason)
    {
        foreach (var space in shards.GroupBy(shard => shard.Space))
            Tell(space.Key, new ShardsLost(space.Key, [.. space.Select(shard => shard.Number).Order()], reason));
    }

    private void Tell(string space, object message)
    {
        if (users.TryGetValue(space, out var user))
            user.Tell(message, daemon);
    }

    private OwnedShard Owned(ShardId shard, Held own) => new(shard.Number, own.Epoch, own.NotBefore > gate.Now ? own.NotBefore - gate.Now : TimeSpan.Zero);

    /// <param name="NotBefore">When the hold-off ends.</param>
    /// <param name="GiveUpBy">When the user, who was asked, must have given it up; null while nobody asked.</param>
    private readonly record struct Held(long Epoch, TimeSpan NotBefore, TimeSpan? GiveUpBy);
}
