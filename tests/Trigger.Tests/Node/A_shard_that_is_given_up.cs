using Trigger.Cluster.Letters;
using Trigger.Cluster.Leases;
using Trigger.Cluster.Sharding;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Node.Clustering;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Node;

public sealed class A_shard_that_is_given_up : KernelSpec
{
    public A_shard_that_is_given_up()
        : base(JournalSetup.InMemory(new MemoryEvents()))
    {
    }

    [Fact]
    public async Task is_let_go_when_the_last_words_about_its_devices_are_written()
    {
        var (sessions, host, survey, post) = (new Probe(System), new Probe(System), new Probe(System), new Probe(System));
        var shards = new DeviceShards(() => ShardHomes.Unknown, new LeaseGate(Clock));
        var grounds = new DeviceKeeper.Grounds(sessions.Ref, host.Ref, survey.Ref, shards, TimeSpan.FromSeconds(10), _ => false, () => post.Ref);
        var keeper = System.ActorOf(Props.Create(() => new DeviceKeeper(grounds)));

        keeper.Tell(new GiveUpShards("devices", [3]), Probe.Ref);
        var order = await host.Expect<SessionHost.GiveUp>();
        keeper.Tell(new SessionHost.GivenUp(order));
        keeper.Tell(new SessionHost.GivenUp(order)); // Said once more when something else has ended.
        await post.Expect<FlushLetters>();
        await Processed(keeper);
        await Probe.ExpectNothingBefore("the letters are written");

        keeper.Tell(new LettersFlushed());
        Assert.Equal([3], (await Probe.Expect<ShardsGivenUp>()).Shards);
        Assert.Same(order, (await host.Expect<SessionHost.Keep>()).Order);
    }
}
