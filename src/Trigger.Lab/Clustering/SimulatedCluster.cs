using Trigger.Cluster;
using Trigger.Cluster.Leases;
using Trigger.Lab.Simulating;
using Trigger.Lab.TestKit;

namespace Trigger.Lab.Clustering;

/// <summary>
/// Several nodes and one database on one thread and one true time, which only the simulation sees. After every transaction and whenever time has passed it is made sure that no
/// shard is trusted to two nodes at once. The same seed gives the same run.
/// </summary>
public sealed class SimulatedCluster : IDisposable
{
    private const int StepsWithoutRest = 1_000_000;

    private readonly SeededDispatcher dispatcher;
    private readonly List<SimulatedNode> nodes = [];
    private readonly PriorityQueue<Action, (long Due, long Order)> later = new();
    private long lastIncarnation;
    private long lastOrder;

    public SimulatedCluster(int seed, ClusterTables? database = null)
    {
        Random = new Random(seed);
        Database = database ?? new ClusterTables();
        dispatcher = new SeededDispatcher(new Random(Random.Next()));
    }

    public ClusterTables Database { get; }

    public TestScheduler Clock { get; } = new();

    public Random Random { get; }

    public IReadOnlyList<SimulatedNode> Nodes => nodes;

    public IEnumerable<SimulatedNode> Alive => nodes.Where(node => !node.IsDead);

    /// <summary>The database does nothing and answers nobody.</summary>
    public bool DatabaseIsDown { get; set; }

    public TimeSpan Now => TimeSpan.FromTicks(Clock.GetTimestamp());

    /// <summary>Equal in two runs only if they made the same choices throughout.</summary>
    public ulong Fingerprint => dispatcher.Fingerprint;

    public long Steps => dispatcher.Steps;

    /// <summary>How often it was made sure that no two nodes trust themselves with one shard.</summary>
    public long Checks { get; private set; }

    public SimulatedNode Start(ClusterSettings settings, double clockRate = 1) => Start(settings, clockRate, null);

    /// <summary>Lets time pass, and everybody act in it.</summary>
    /// <param name="unhurried">The probability, before each turn, that time moves on to the next event first.</param>
    public void Run(TimeSpan duration, double unhurried = 0.02)
    {
        var end = Clock.GetTimestamp() + duration.Ticks;
        for (var steps = 0L; ; steps++)
        {
            if (steps > StepsWithoutRest)
                throw new InvalidOperationException($"The nodes did not come to rest within {StepsWithoutRest} turns.");
            if (!(dispatcher.Ready > 0 && Chance(unhurried) && Next <= end) && dispatcher.Step())
            {
                Check();
                continue;
            }

            if (Next > end)
                break;
            Ring();
        }

        Clock.Advance(TimeSpan.FromTicks(end - Clock.GetTimestamp()));
        while (dispatcher.Step())
        {
        }

        Check();
    }

    public void Dispose()
    {
        foreach (var node in nodes)
            node.Kill();
        if (dispatcher.Strays > 0)
            throw new InvalidOperationException($"{dispatcher.Strays} times work came from another thread, so this run may not replay.");
    }

    /// <summary>Whether something happens that has these odds.</summary>
    public bool Chance(double odds) => odds > 0 && Random.NextDouble() < odds;

    /// <summary>Throws when two nodes trust themselves with one shard at this very moment. The frozen count: they would act on it if they were thawed now.</summary>
    /// <exception cref="InvalidOperationException">They do.</exception>
    public void Check()
    {
        Checks++;
        if (nodes.Count(node => !node.IsDead && node.Cluster.Gate.IsOpen) < 2)
            return;

        foreach (var row in Database.Shards)
        {
            SimulatedNode? trusting = null;
            foreach (var node in nodes)
            {
                if (node.IsDead || node.Cluster.Gate.EpochOf(row.Shard.Space, row.Shard.Number) is not { } epoch)
                    continue;
                if (trusting is not null)
                    throw new InvalidOperationException($"At {Now}, {trusting.Name} and {node.Name} (epoch {epoch}) both trust themselves with {row}.");
                trusting = node;
            }
        }
    }

    internal SimulatedNode Start(ClusterSettings settings, double clockRate, LeaseRules? rules)
    {
        var node = new SimulatedNode(this, dispatcher, settings, rules, clockRate);
        nodes.Add(node);
        return node;
    }

    internal long NextIncarnation() => ++lastIncarnation;

    internal void After(TimeSpan delay, Action action) => later.Enqueue(action, (Clock.GetTimestamp() + delay.Ticks, lastOrder++));

    // When the next thing happens by itself.
    private long Next => Math.Min(
        Clock.NextRing is { } ring ? Clock.GetTimestamp() + ring.Ticks : long.MaxValue,
        later.TryPeek(out _, out var next) ? next.Due : long.MaxValue);

    private void Ring()
    {
        Clock.Advance(TimeSpan.FromTicks(Next - Clock.GetTimestamp()));
        while (later.TryPeek(out var action, out var next) && next.Due <= Clock.GetTimestamp())
        {
            later.Dequeue();
            action();
        }

        Check();
    }
}
