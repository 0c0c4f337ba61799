using Trigger.Cluster.Leases;
using Trigger.Cluster.Sharding;
using Trigger.Kernel.Actor;

namespace Trigger.Tests.Cluster;

/// <summary>Uses the shards of a space as a session keeper would: takes its time to give them up, and stops at once when they are lost.</summary>
internal sealed class NightUser : ReceiveActor, IWithTimers
{
    public NightUser(string space, Random random, Dictionary<ShardId, long> owned, LeaseGate gate)
    {
        Receive<ShardsAcquired>(acquired =>
        {
            foreach (var shard in acquired.Shards)
            {
                owned[new ShardId(space, shard.Number)] = shard.Epoch;
                if (shard.HoldOff > TimeSpan.Zero && gate.MaySend(space, shard.Number))
                    throw new InvalidOperationException("The gate lets somebody through who is told to hold off.");
            }
        });
        Receive<GiveUpShards>(asked =>
        {
            // Half of the users finish something first.
            var daemon = Sender;
            var answer = new GivesUp(daemon, new ShardsGivenUp(space, asked.Shards));
            if (random.Next(2) == 0)
                Self.Tell(answer);
            else
                Timers.StartSingleTimer(answer, answer, TimeSpan.FromSeconds(random.NextDouble() * 5));
        });
        Receive<GivesUp>(given =>
        {
            foreach (var number in given.Answer.Shards)
                owned.Remove(new ShardId(space, number));
            given.To.Tell(given.Answer);
        });
        Receive<ShardsLost>(lost =>
        {
            foreach (var number in lost.Shards)
                owned.Remove(new ShardId(space, number));
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private sealed record GivesUp(IActorRef To, ShardsGivenUp Answer);
}
