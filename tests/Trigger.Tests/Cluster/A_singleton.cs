using Trigger.Cluster;
using Trigger.Cluster.Sharding;
using Trigger.Kernel.Actor;
using Trigger.Lab.Clustering;

namespace Trigger.Tests.Cluster;

/// <summary>Three nodes, and one actor that must run on one of them: the same seed, the same story.</summary>
public sealed class A_singleton
{
    private static readonly ShardSpace Space = ShardSpace.Singleton("clock");
    private static readonly ClusterParameters Times = new();

    private readonly List<(string What, SimulatedNode Node, long Epoch)> log = [];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void runs_once_and_goes_on_elsewhere_when_its_node_is_killed(int seed)
    {
        using var world = Up(seed);
        var (_, first, epoch) = Assert.Single(log);

        first.Kill();
        world.Run((Times.Ttl * 2) + Times.HoldOff);

        var (what, second, later) = log[^1];
        Assert.Equal((2, "begins"), (log.Count, what));
        Assert.NotEqual(first, second);
        Assert.True(later > epoch, $"Epoch {later} is not after {epoch}.");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void finishes_before_its_successor_begins_when_its_node_leaves(int seed)
    {
        using var world = Up(seed);
        var (_, first, epoch) = log[0];

        first.Cluster.Leave();
        world.Run(TimeSpan.FromSeconds(30));

        Assert.Equal([("begins", epoch), ("is told to finish", epoch), ("ends", epoch)], log.Take(3).Select(line => (line.What, line.Epoch)));
        Assert.All(log.Take(3), line => Assert.Equal(first, line.Node));
        var (what, second, later) = log[^1];
        Assert.Equal((4, "begins"), (log.Count, what));
        Assert.True(second != first && later > epoch);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void stops_at_once_when_its_node_is_cut_off(int seed)
    {
        using var world = Up(seed);
        var (_, first, epoch) = log[0];

        first.IsCutOff = true;
        world.Run((Times.Ttl * 2) + Times.HoldOff);

        // By its own clock it stopped before anybody else could begin.
        Assert.Equal([("begins", epoch), ("ends", epoch)], log.Take(2).Select(line => (line.What, line.Epoch)));
        Assert.Equal(("begins", 3), (log[^1].What, log.Count));
        Assert.NotEqual(first, log[^1].Node);
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 20)];

    private SimulatedCluster Up(int seed)
    {
        var world = new SimulatedCluster(seed);
        foreach (var name in new[] { "a", "b", "c" })
        {
            var node = world.Start(new ClusterSettings { Node = name, Spaces = [Space], DrainLimit = TimeSpan.FromSeconds(8) }, 0.95 + (world.Random.NextDouble() * 0.1));
            node.System.ActorOf(ClusterSingletonManager.Props(Space.Name, epoch => Props.Create(() => new Ticker(log, node, epoch)), "finish"), "manager");
        }

        world.Run(TimeSpan.FromSeconds(10));
        return world;
    }

    /// <summary>Takes two seconds to finish.</summary>
    private sealed class Ticker : ReceiveActor, IWithTimers
    {
        private readonly Action<string> tell;

        public Ticker(List<(string What, SimulatedNode Node, long Epoch)> log, SimulatedNode node, long epoch)
        {
            tell = what => log.Add((what, node, epoch));
            Receive<string>(word => word == "finish", _ =>
            {
                tell("is told to finish");
                Timers.StartSingleTimer("end", "end", TimeSpan.FromSeconds(2));
            });
            Receive<string>(word => word == "end", _ => Context.Stop(Self));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => tell("begins");

        protected override void PostStop() => tell("ends");
    }
}
