using Trigger.Cluster;
using Trigger.Cluster.Letters;
using Trigger.Kernel.Actor;
using Trigger.Lab.Clustering;

namespace Trigger.Tests.Cluster;

/// <summary>Two nodes on a database that is slow at times: what the one has written before a moment, the other has heard behind its sweep.</summary>
public sealed class Letters_that_are_looked_for
{
    private const int Most = 1_200; // More than are written, and read, at once.

    [Theory]
    [MemberData(nameof(Seeds))]
    public void are_all_there_behind_a_sweep_that_began_behind_a_flush(int seed)
    {
        using var world = new SimulatedCluster(seed);
        var (a, b) = (world.Start(new ClusterSettings { Node = "a" }), world.Start(new ClusterSettings { Node = "b" }));
        var heard = new List<object>();
        var receiver = b.System.ActorOf(Props.Create(() => new Listener(heard)));
        b.Cluster.ReceiveLetters(receiver);
        world.Run(TimeSpan.FromSeconds(5));
        a.Faults = b.Faults = new StoreFaults { Slow = world.Random.NextDouble(), Longest = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(10) };

        var written = world.Random.Next(1, Most);
        for (var number = 0; number < written; number++)
            a.Cluster.Post.Tell(new PostLetter(b.Cluster.SelfUniqueAddress, $"{number}", []), ActorRefs.NoSender);
        var flushed = new List<object>();
        a.Cluster.Post.Tell(new FlushLetters(), a.System.ActorOf(Props.Create(() => new Listener(flushed))));
        while (flushed.Count == 0)
            world.Run(TimeSpan.FromMilliseconds(1));
        b.Cluster.Post.Tell(new SweepLetters(), receiver);
        while (!heard.Contains(new LettersSwept()))
            world.Run(TimeSpan.FromMilliseconds(1));

        Assert.Equal(Enumerable.Range(0, written).Select(number => $"{number}"), heard.TakeWhile(one => one is LetterArrived).Cast<LetterArrived>().Select(letter => letter.Kind));
    }

    [Fact]
    public void are_not_waited_for_where_nobody_is_a_member()
    {
        using var world = new SimulatedCluster(1);
        world.DatabaseIsDown = true;
        var a = world.Start(new ClusterSettings { Node = "a" });
        var told = new List<object>();
        var asker = a.System.ActorOf(Props.Create(() => new Listener(told)));
        a.Cluster.Post.Tell(new FlushLetters(), asker);
        a.Cluster.Post.Tell(new SweepLetters(), asker);
        world.Run(TimeSpan.FromSeconds(1));

        Assert.Equal([new LettersFlushed(), new LettersSwept()], told);
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 20)];

    private sealed class Listener : ReceiveActor
    {
        public Listener(List<object> heard) => ReceiveAny(heard.Add);
    }
}
