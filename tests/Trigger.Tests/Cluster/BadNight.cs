using Trigger.Cluster;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Kernel.Actor;
using Trigger.Lab.Clustering;

namespace Trigger.Tests.Cluster;

/// <summary>
/// One night of a cluster of four: nodes are killed, frozen beyond their leases, cut off, their clocks jump and run at different rates, the database is slow, silent, or gone.
/// In the morning everything must be as if nothing had been.
/// </summary>
internal sealed class BadNight : IDisposable
{
    private static readonly ShardSpace[] Spaces = [new("runs", 5, "worker"), new("devices", 6, "worker", HoldsOff: true), new("devices@AMS", 2, "worker", HoldsOff: true), ShardSpace.Singleton("schedules")];

    private readonly Dictionary<SimulatedNode, Dictionary<ShardId, long>> owned = [];
    private readonly Dictionary<SimulatedNode, IActorRef> clerks = [];
    private readonly HashSet<string> killed = [];
    private readonly HashSet<SimulatedNode> jumped = [];
    private readonly NightMail mail = new();
    private readonly NightPlan plan;
    private readonly List<string> story = [];

    private BadNight(int seed, NightPlan plan)
    {
        this.plan = plan;
        World = new SimulatedCluster(seed);
    }

    public SimulatedCluster World { get; }

    public int Letters => mail.Arrived;

    /// <summary>Lives through the night of a seed.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">Something did not hold; the message names the seed and what happened.</exception>
    public static BadNight Live(int seed, NightPlan? plan = null)
    {
        using var night = new BadNight(seed, plan ?? new NightPlan());
        try
        {
            night.Pass();
            return night;
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Seed {seed} failed at {night.World.Now}: {failure.Message}\nIt happened:\n  {string.Join("\n  ", night.story)}", failure);
        }
    }

    public void Dispose() => World.Dispose();

    private Random Random => World.Random;

    private void Pass()
    {
        foreach (var name in new[] { "a", "b", "c", "d" })
            Start(name);
        Pause(TimeSpan.FromSeconds(10));
        for (var faults = Random.Next(4, 14); faults > 0; faults--)
        {
            Misfortune();
            Pause(TimeSpan.FromSeconds(Random.NextDouble() * (Random.Next(4) == 0 ? 20 : 6)));
        }

        Heal();
        World.Run(TimeSpan.FromSeconds(20)); // What was slow arrives, or is given up.
        Tell("the faults are over");
        var parameters = new ClusterParameters();
        World.Run((parameters.Ttl * 2) + parameters.HoldOff);
        Morning();
    }

    private void Misfortune()
    {
        var coordinator = World.Database.Shards.First(row => row.Shard.Space == ShardSpace.Coordinator).Owner?.Node;
        var alive = World.Alive.ToList();
        if (alive.Count == 0)
            return;
        var node = Random.Next(3) == 0 ? alive.Find(node => node.Name == coordinator) ?? alive[0] : alive[Random.Next(alive.Count)];
        var lasting = TimeSpan.FromSeconds(Random.NextDouble() * (Random.Next(2) == 0 ? 30 : 8));
        switch (plan.Faults[Random.Next(plan.Faults.Count)])
        {
            case NightFault.Kill:
                Kill(node);
                break;
            case NightFault.Freeze:
                For(lasting, $"{node.Name} freezes for {lasting}", node.Freeze, node.Thaw);
                break;
            case NightFault.CutOff:
                For(lasting, $"{node.Name} is cut off for {lasting}", () => node.IsCutOff = true, () => node.IsCutOff = false);
                break;
            case NightFault.Losses:
                var faults = new StoreFaults { RequestLost = Random.NextDouble() * 0.5, ReplyLost = Random.NextDouble() * 0.5, Longest = TimeSpan.FromSeconds(8) };
                For(lasting, $"{node.Name} loses messages for {lasting}", () => node.Faults = faults, () => node.Faults = new StoreFaults());
                break;
            case NightFault.Slowness:
                var slow = new StoreFaults { Slow = Random.NextDouble(), Longest = TimeSpan.FromSeconds(8), Patience = TimeSpan.FromSeconds(10) };
                For(lasting, $"{node.Name} is slow for {lasting}", () => node.Faults = slow, () => node.Faults = new StoreFaults());
                break;
            case NightFault.NoDatabase:
                For(lasting, $"the database is away for {lasting}", () => World.DatabaseIsDown = true, () => World.DatabaseIsDown = false);
                break;
            case NightFault.ClockJump when jumped.Add(node):
                var jump = TimeSpan.FromSeconds(Random.NextDouble() * 20);
                Tell($"{node.Name}'s clock jumps by {jump}");
                node.JumpClock(jump);
                break;
            case NightFault.Decay:
                var bad = new StoreFaults { Slow = 1, Longest = TimeSpan.FromSeconds(8), Patience = TimeSpan.FromSeconds(10) };
                For(TimeSpan.FromSeconds(8), $"{node.Name} becomes slow", () => node.Faults = bad, () => node.Faults = new StoreFaults());
                World.After(TimeSpan.FromSeconds(8), () => For(TimeSpan.FromSeconds(20), $"{node.Name} is cut off", () => node.IsCutOff = true, () => node.IsCutOff = false));
                break;
            case NightFault.LateNews when alive.Find(node => node.Name == coordinator) is { } leader && node != leader:
                var late = new StoreFaults { Slow = 1, Longest = TimeSpan.FromSeconds(8), Patience = TimeSpan.FromSeconds(10) };
                For(TimeSpan.FromSeconds(25), $"{leader.Name} hears late", () => leader.Faults = late, () => leader.Faults = new StoreFaults());
                var gone = TimeSpan.FromSeconds(6 + (Random.NextDouble() * 1.9));
                World.After(TimeSpan.FromSeconds(Random.NextDouble() * 8), () => For(gone, $"{node.Name} is cut off for {gone}", () => node.IsCutOff = true, () => node.IsCutOff = false));
                break;
            default:
                Tell($"{node.Name} leaves");
                node.Cluster.Leave();
                World.After(TimeSpan.FromSeconds(30), () => RestartWhenGone(node));
                break;
        }
    }

    private void Kill(SimulatedNode node)
    {
        Tell($"{node.Name} is killed");
        node.Kill();
        killed.Add(node.Name);
        World.After(TimeSpan.FromSeconds(Random.NextDouble() * 20), () => Start(node.Name));
    }

    private void RestartWhenGone(SimulatedNode node)
    {
        if (!node.IsDead)
            Kill(node);
    }

    private void For(TimeSpan lasting, string what, Action begin, Action end)
    {
        Tell(what);
        begin();
        World.After(lasting, end);
    }

    private void Heal()
    {
        World.Run(TimeSpan.FromSeconds(31)); // Every fault that was begun ends by itself within thirty seconds.
        foreach (var node in World.Alive)
        {
            Assert.False(node.IsCutOff);
            if (node.IsFrozen)
                node.Thaw();
        }
    }

    private void Start(string name)
    {
        if (World.Alive.Any(node => node.Name == name))
            return;

        var settings = new ClusterSettings
        {
            Node = name,
            Roles = name == "d" ? [] : ["worker"],
            Sites = name is "a" or "b" ? ["AMS"] : [],
            Spaces = Spaces,
            DrainLimit = TimeSpan.FromSeconds(8),
        };
        Tell($"{name} starts");
        var node = World.Start(settings, 0.95 + (Random.NextDouble() * 0.1), plan.Rules?.Invoke(settings.Parameters));
        var shards = owned[node] = [];
        var (random, gate) = (new Random(Random.Next()), node.Cluster.Gate);
        foreach (var space in Spaces)
            node.Cluster.Host(space.Name, node.System.ActorOf(Props.Create(() => new NightUser(space.Name, random, shards, gate))));
        clerks[node] = node.System.ActorOf(mail.Clerk(() => node.Cluster.SelfUniqueAddress));
        node.Cluster.ReceiveLetters(clerks[node]);
    }

    // Letters are posted all the time, whatever state their senders and receivers are in.
    private void Pause(TimeSpan duration)
    {
        for (var end = World.Now + duration; World.Now < end;)
        {
            var from = World.Nodes[Random.Next(World.Nodes.Count)];
            if (!from.IsDead && from.Cluster.State.Members is { Count: > 0 } members)
            {
                for (var burst = Random.Next(1, 4); burst > 0; burst--)
                    mail.Post(from.Name, members[Random.Next(members.Count)].Id, from.Cluster.Post, clerks[from]);
            }

            World.Run(TimeSpan.FromSeconds(Random.NextDouble()));
        }
    }

    private void Morning()
    {
        Assert.Null(mail.Mistake);
        var view = World.Database.Read();
        foreach (var row in view.Shards)
            Assert.True(row.Owner is not null && row.Owner == row.Wanted, $"In the morning {row} has no owner, or not the one it should. The members: {string.Join(", ", view.Members)}.");
        foreach (var node in World.Alive.Where(node => !node.Cluster.IsTerminated))
        {
            var self = node.Cluster.SelfUniqueAddress;
            Assert.Contains(view.Members, member => member.Id == self && member.Status == MemberStatus.Up);
            var expected = view.Shards.Where(row => row.Owner == self && row.Shard.Space != ShardSpace.Coordinator).OrderBy(row => row.Shard.ToString(), StringComparer.Ordinal);
            Assert.Equal(
                expected.Select(row => $"{row.Shard} since {row.Epoch}"),
                owned[node].OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal).Select(entry => $"{entry.Key} since {entry.Value}"));
            Assert.All(expected, row => Assert.True(node.Cluster.Gate.MaySend(row.Shard.Space, row.Shard.Number), $"{node.Name} owns {row}, but its gate is closed."));
            Assert.Equal(view.Version, node.Cluster.Homes.Version);
        }

        mail.CheckAllArrived(name => !killed.Contains(name), member => view.Members.Any(other => other.Id == member));
    }

    private void Tell(string what) => story.Add($"{World.Now} {what}");
}
