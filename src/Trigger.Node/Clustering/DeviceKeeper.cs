using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Kernel.Actor;

namespace Trigger.Node.Clustering;

/// <summary>Uses the shards of devices that this node owns, and tells the node's two ends of conversations what changes in the cluster.</summary>
internal sealed class DeviceKeeper : ReceiveActor, IWithTimers
{
    private readonly Dictionary<SessionHost.GiveUp, (ShardId Shard, IActorRef Asker)> givingUp = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<SessionHost.GiveUp> flushing = [];
    private readonly Grounds grounds;

    public DeviceKeeper(Grounds grounds)
    {
        this.grounds = grounds;
        Receive<ShardsAcquired>(Acquired);
        Receive<GiveUpShards>(GiveUp);
        Receive<SessionHost.GivenUp>(GivenUp);
        Receive<LettersFlushed>(_ => flushing.Count > 0, _ => Release(flushing.Dequeue()));
        Receive<ClusterSessions.SweepWanted>(_ => grounds.Post().Tell(new SweepLetters()));
        Receive<LettersSwept>(_ => grounds.Sessions.Tell(new ClusterSessions.Swept()));
        Receive<ShardsLost>(Lost);
        Receive<ShardHomesChanged>(_ => grounds.Sessions.Tell(new ClusterSessions.HomesChanged()));
        Receive<ClusterEvent.MemberRemoved>(removed => grounds.Host.Tell(new SessionHost.NodeGone(removed.Member.Id)));
        Receive<HurryUp>(_ => grounds.Host.Tell(new SessionHost.Hurry(device => givingUp.Values.Any(leaving => leaving.Shard == grounds.Shards.Of(device)))));
        Receive<Settled>(_ => grounds.Host.Tell(new SessionHost.Settled()));
        Receive<LetterArrived>(Deliver);
        ReceiveAny(_ => { });
    }

    /// <summary>What a keeper stands on.</summary>
    /// <param name="Patience">How long conversations may go on after a shard was asked back, before they end behind their step.</param>
    /// <param name="Survey">The <see cref="SessionSurvey"/> of this node.</param>
    /// <param name="Deliver">Other letters than those about sessions; says whether it took it.</param>
    internal sealed record Grounds(IActorRef Sessions, IActorRef Host, IActorRef Survey, DeviceShards Shards, TimeSpan Patience, Func<LetterArrived, bool> Deliver, Func<IActorRef> Post);

    private sealed record HurryUp;

    private sealed record Settled;

    public ITimerScheduler Timers { get; set; } = null!;

    private void Acquired(ShardsAcquired acquired)
    {
        // A little later than the gate opens, which reads another clock.
        foreach (var holdOff in acquired.Shards.Select(shard => shard.HoldOff).Where(holdOff => holdOff > TimeSpan.Zero).Distinct())
            Timers.StartSingleTimer($"settled-{holdOff.Ticks}", new Settled(), holdOff + TimeSpan.FromMilliseconds(20));
        grounds.Sessions.Tell(new ClusterSessions.HomesChanged());
    }

    private void GiveUp(GiveUpShards asked)
    {
        foreach (var shard in asked.Shards.Select(number => new ShardId(asked.Space, number)))
        {
            var order = new SessionHost.GiveUp(device => grounds.Shards.Of(device) == shard);
            givingUp.Add(order, (shard, Sender));
            grounds.Host.Tell(order);
        }

        Timers.StartSingleTimer(nameof(HurryUp), new HurryUp(), grounds.Patience);
    }

    // Coordinators take a conversation for lost when they see that its device has another home. By then its last word must be there for them.
    private void GivenUp(SessionHost.GivenUp given)
    {
        if (!givingUp.ContainsKey(given.Order) || flushing.Contains(given.Order))
            return;

        flushing.Enqueue(given.Order);
        grounds.Post().Tell(new FlushLetters());
    }

    private void Release(SessionHost.GiveUp order)
    {
        if (!givingUp.Remove(order, out var leaving))
            return;

        leaving.Asker.Tell(new ShardsGivenUp(leaving.Shard.Space, [leaving.Shard.Number]));
        grounds.Host.Tell(new SessionHost.Keep(order));
    }

    private void Lost(ShardsLost lost)
    {
        var numbers = lost.Shards.ToHashSet();
        foreach (var (order, leaving) in givingUp.Where(entry => entry.Value.Shard.Space == lost.Space && numbers.Contains(entry.Value.Shard.Number)).ToArray())
        {
            givingUp.Remove(order);
            grounds.Host.Tell(new SessionHost.Keep(order));
        }

        grounds.Host.Tell(new SessionHost.Lose(device => grounds.Shards.Of(device) is var shard && shard.Space == lost.Space && numbers.Contains(shard.Number)));
        grounds.Sessions.Tell(new ClusterSessions.HomesChanged());
    }

    private void Deliver(LetterArrived letter)
    {
        if (grounds.Deliver(letter))
            return;

        switch (letter.Kind)
        {
            case LetterKinds.ToTalker:
                grounds.Host.Tell(new LetterFrom(letter.From, SessionLetter.Read(letter.Body)));
                break;
            case LetterKinds.ToRun:
                grounds.Sessions.Tell(new LetterFrom(letter.From, SessionLetter.Read(letter.Body)));
                break;
            case LetterKinds.AskForSessions or LetterKinds.Sessions:
                grounds.Survey.Tell(letter);
                break;
        }
    }
}
