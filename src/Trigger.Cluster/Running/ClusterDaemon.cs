using Trigger.Cluster.Leases;
using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Cluster.Storing;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Cluster.Running;

/// <summary>
/// One node's part in the cluster. What it believes, only an answer of the database can prolong.
/// <code>
///   Joining ──on record──▶ Member ──leave──▶ Leaving ──all handed back──▶ Ended
///      ▲                     │  │                                          ▲
///      └──lease out, fenced──┘  └──────────declared down───────────────────┘
/// </code>
/// </summary>
internal sealed class ClusterDaemon : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan JoinAgainAfter = TimeSpan.FromSeconds(1);

    private readonly ClusterSettings settings;
    private readonly IClusterStore store;
    private readonly LeaseRules rules;
    private readonly LeaseGate gate;
    private readonly ClusterFace face;
    private readonly IActorRef post;
    private readonly StoreCalls calls;
    private readonly HeldShards held;
    private readonly ClusterNews news;
    private readonly List<MemberId> past = [];
    private readonly Dictionary<string, ShardSpace> spaces;
    private readonly ILoggingAdapter log = Logging.GetLogger(Context);
    private readonly IActorRef me = Context.Self; // Outside of its turns, an actor's Self may not be asked for.
    private MemberObservation observation = new(TimeSpan.Zero);
    private DaemonState state = DaemonState.Joining;
    private MemberId self;
    private Lease lease = new(long.MinValue);
    private IDisposable? listening;
    private TimeSpan tick;
    private TimeSpan lastTick;
    private TimeSpan lastRenewal;
    private TimeSpan lastLook;
    private TimeSpan lastJoin;
    private TimeSpan drainUntil;
    private bool lettersAreOut;
    private bool storeIsAway;

    public ClusterDaemon(ClusterSettings settings, IClusterStore store, LeaseRules rules, LeaseGate gate, ClusterFace face, IActorRef post)
    {
        (this.settings, this.store, this.rules, this.gate, this.face, this.post) = (settings, store, rules, gate, face, post);
        calls = new StoreCalls(Self);
        held = new HeldShards(gate, settings, Self);
        news = new ClusterNews(face, Self);
        spaces = settings.Spaces.ToDictionary(space => space.Name);

        Receive<DaemonMessage.Tick>(_ => Tick());
        Receive<DaemonMessage.LookNow>(_ => IsMember, _ => Look());
        Receive<DaemonMessage.Hinted>(Hinted, hint => hint.Self == self);
        Receive<DaemonMessage.RenewalEnded>(RenewalEnded, renewal => renewal.Self == self);
        Receive<StoreAnswered>(Answered);
        Receive<StoreFailed>(Failed);
        var requests = new ClusterRequests(held, news, face, Context);
        Receive<DaemonMessage.Host>(requests.Host);
        Receive<DaemonMessage.Follow>(requests.Follow);
        Receive<DaemonMessage.Subscribe>(requests.Subscribe);
        Receive<DaemonMessage.Unsubscribe>(requests.Unsubscribe);
        Receive<DaemonMessage.AddSpace>(AddSpace);
        Receive<DaemonMessage.Leave>(_ => Leave());
        Receive<ShardsGivenUp>(GivenUp);
        Receive<LettersFlushed>(_ => lettersAreOut = true);
        Receive<Terminated>(requests.Forget);
        ReceiveAny(_ => { }); // Renewals and hints of an earlier life.
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private bool IsMember => state is DaemonState.Member or DaemonState.Leaving;

    protected override void PreStart()
    {
        tick = TimeSpan.FromTicks(Math.Min(settings.Look.Ticks, settings.Parameters.Beat.Ticks) / 2);
        Timers.StartPeriodicTimer("tick", new DaemonMessage.Tick(), tick);
        lastTick = gate.Now;
        BeginLife();
    }

    protected override void PostStop()
    {
        held.LoseAll(LossReason.Stopped);
        listening?.Dispose();
    }

    // Joining: nothing is owned, and the database is asked again and again to put this life on record.
    private void BeginLife()
    {
        state = DaemonState.Joining;
        self = new MemberId(settings.Node, settings.NewIncarnation());
        face.Become(self, MemberStatus.Joining);
        calls.Forget();
        Join();
    }

    private void Join()
    {
        var (joining, sent) = (self, gate.Now);
        lastJoin = sent;
        var request = new JoinRequest(
            self, settings.Roles, settings.Sites, settings.Address, settings.Version, settings.Parameters, [.. spaces.Values], [.. past], settings.EarlierLivesAreOver);
        calls.Start(StoreCall.Join, () => store.Join(request), answer => new DaemonMessage.JoinEnded(joining, sent, answer));
    }

    private void JoinEnded(DaemonMessage.JoinEnded joined)
    {
        switch (joined.Answer)
        {
            case JoinAnswer.Refused refused:
                log.Error("This node cannot join the cluster: {0}", refused.Why);
                state = DaemonState.Ended;
                face.Refuse(refused.Why);
                break;
            case JoinAnswer.IsOver:
                BeginLife();
                break;
            case JoinAnswer.Joined when rules.Deadline(joined.Sent, gate.Now) is var end && end > gate.Now:
                BeginMembership(joined.Sent, end);
                break;
            default:
                Join(); // The answer took longer than the lease; asking again raises the beat, so that a new one counts from now.
                break;
        }
    }

    private void BeginMembership(TimeSpan sent, TimeSpan end)
    {
        state = DaemonState.Member;
        past.Clear();
        lease = new Lease(end.Ticks);
        lastRenewal = sent;
        held.Begin(lease);
        observation = new MemberObservation(rules.LookPatience);
        listening?.Dispose();
        var (life, daemon) = (self, me);
        listening = store.Listen(self, hint => daemon.Tell(new DaemonMessage.Hinted(life, hint), ActorRefs.NoSender));
        post.Tell(new PostOpened(self));
        Look();
        Read();
    }

    private void Tick()
    {
        var now = gate.Now;
        var slept = now - lastTick;
        lastTick = now;
        if (state == DaemonState.Joining && now - lastJoin > JoinAgainAfter)
            Join();
        if (!IsMember)
            return;

        if (now.Ticks >= lease.End)
        {
            Lose(LossReason.LeaseExpired);
            return;
        }

        if (slept > settings.Parameters.Margin)
            Doubt(slept, now);
        else if (now - lastRenewal >= settings.Parameters.Beat)
            Renew();
        if (now - lastLook >= settings.Look - (tick / 2)) // A tick that comes a moment early must not make this look a whole tick late.
            Look();
        held.TakeWhatIsOverdue();
        Release();
        if (state == DaemonState.Leaving)
            Drain(now);
    }

    // Whoever slept that long cannot know what else stood still meanwhile. The gate closes first, and the database is asked afterwards.
    private void Doubt(TimeSpan slept, TimeSpan now)
    {
        log.Warning("This node did not run for {0}; its gate stays closed until its lease is confirmed.", slept);
        lease.Doubt(now.Ticks);
        Renew();
    }

    private void Renew()
    {
        var (life, sent) = (self, gate.Now);
        lastRenewal = sent;
        StoreCalls.Ask(() => store.Renew(life)).PipeTo(
            me, me, answer => new DaemonMessage.RenewalEnded(life, sent, answer, null), failure => new DaemonMessage.RenewalEnded(life, sent, null, failure));
    }

    private void RenewalEnded(DaemonMessage.RenewalEnded renewal)
    {
        if (!IsMember)
            return;

        switch (renewal.Answer)
        {
            case RenewAnswer.Renewed:
                StoreIsBack();
                lease.Renew(renewal.Sent.Ticks, rules.Deadline(renewal.Sent, gate.Now).Ticks);
                break;
            case RenewAnswer.Fenced:
                Lose(LossReason.Fenced);
                break;
            case RenewAnswer.Downed:
                held.LoseAll(LossReason.Downed);
                Depart();
                break;
            default:
                StoreIsAway(renewal.Failure!);
                break;
        }
    }

    private void Lose(LossReason reason)
    {
        log.Warning("This node has lost its shards ({0}); it rejoins as a new member.", reason);
        held.LoseAll(reason);
        if (reason == LossReason.LeaseExpired)
            past.Add(self);
        post.Tell(new PostClosed());
        if (state == DaemonState.Leaving)
            End();
        else
            BeginLife();
    }

    private void Look()
    {
        lastLook = gate.Now;
        calls.Start(StoreCall.Look, () => store.Look(self), look => look);
    }

    private void Read() => calls.Start(StoreCall.Read, store.Read, view => view);

    private void Hinted(DaemonMessage.Hinted hint)
    {
        if (hint.Hint == StoreHint.Letters)
            post.Tell(new LettersWait());
        else if (IsMember)
            Look();
    }

    private void Answered(StoreAnswered answered)
    {
        if (!calls.End(answered.Call, answered.Ticket))
            return;

        StoreIsBack();
        switch (answered.Answer)
        {
            case DaemonMessage.JoinEnded joined:
                JoinEnded(joined);
                break;
            case ClusterLook look:
                Looked(look);
                break;
            case ClusterView view:
                Viewed(view);
                break;
            case IReadOnlyList<ShardRow> acquired:
                if (acquired.Count > 0)
                    store.Hint(null);
                Adopt(acquired);
                Read();
                break;
            case DaemonMessage.Released released:
                held.Released(released.Shards);
                store.Hint(null);
                Look();
                break;
            case DaemonMessage.Departed:
                store.Hint(null);
                End();
                break;
            default:
                store.Hint(null); // A duty or a move has changed something.
                Read();
                break;
        }
    }

    private void Looked(ClusterLook look)
    {
        observation.Look(gate.Now, look.Beats);
        news.Reach(observation.SilentFor(rules.UnreachableAfter).Select(silent => silent.Member).Where(member => member != self));
        if (look.Letters)
            post.Tell(new LettersWait());
        if (look.Version != news.View.Version)
        {
            Read();
            return;
        }

        Acquire(); // Whatever failed is tried again at the next look.
        DoDuties();

        // Who waits for a dead node's devices does not wait for the next regular look besides.
        if (observation.NextSilentFor(rules.ObserverWait, rules.UnreachableAfter) is { } due && due < settings.Look)
            Timers.StartSingleTimer("due", new DaemonMessage.LookNow(), due);
    }

    private void Viewed(ClusterView view)
    {
        if (view.Version < news.View.Version)
            return;

        foreach (var gone in news.View.Members.Where(member => view.Members.All(other => other.Id != member.Id)))
            post.Tell(new MemberIsGone(gone.Id));
        news.Read(view);
        if (!IsMember)
            return;
        if (news.Find(self) is not { } own)
        {
            Renew(); // Not on record any more; the answer will say why.
            return;
        }

        face.Become(self, own.Status);
        Adopt(view.Shards);
        if (own.Status == MemberStatus.Leaving && state == DaemonState.Member)
            Leave();
        if (state == DaemonState.Leaving)
            held.GiveUpEverything();
        else
            held.GiveUpWhatIsWantedElsewhere(self, view.Shards);
        Release();
        Acquire();
        DoDuties();
    }

    private void Adopt(IReadOnlyList<ShardRow> rows)
    {
        var coordinated = held.CoordinatorEpoch is not null;
        held.Adopt(self, rows, news.CalmSpaces);
        if (!coordinated && held.CoordinatorEpoch is not null && rules.InheritsWaits)
            observation.InheritWaits();
    }

    private void Acquire()
    {
        if (state != DaemonState.Member || news.Find(self)?.Status is not { } status)
            return;

        var free = news.View.Shards.Where(row => row.Owner is null);
        if (free.Any(row => (status == MemberStatus.Up && row.Wanted == self) || row.Shard.Space == ShardSpace.Coordinator))
            calls.Start(StoreCall.Acquire, () => store.Acquire(self), acquired => acquired);
    }

    private void Release()
    {
        if (IsMember && held.IsReleasing && calls.IsFree(StoreCall.Release))
        {
            var shards = held.ToRelease;
            calls.Start(StoreCall.Release, async () => { await store.Release(self, shards).ConfigureAwait(false); return shards; }, done => new DaemonMessage.Released(done));
        }
    }

    private void DoDuties()
    {
        if (state != DaemonState.Member || !calls.IsFree(StoreCall.Duty) || news.Find(self) is null)
            return;

        var epoch = held.CoordinatorEpoch;
        var by = new Authority(self, epoch ?? 0);
        switch (CoordinatorDuty.Next(self, epoch is not null, news.View, observation, rules))
        {
            case CoordinatorDuty.Fence fence:
                log.Warning("{0} has not renewed its lease for {1}; its shards are taken.", fence.Silent.Member, rules.ObserverWait);
                calls.Start(StoreCall.Duty, () => store.Fence(self, fence.Silent), answer => answer);
                break;
            case CoordinatorDuty.Promote promote:
                calls.Start(StoreCall.Duty, () => store.Move(promote.Member, MemberStatus.Up, by), done => done);
                break;
            case CoordinatorDuty.Assign assign:
                calls.Start(StoreCall.Duty, () => store.Assign(by, assign.Assignments), done => done);
                break;
        }
    }

    // Leaving: what is owned goes back to the database as its users let go of it; nothing new is taken.
    private void Leave()
    {
        if (state == DaemonState.Joining)
        {
            End();
            return;
        }

        if (state != DaemonState.Member)
            return;
        state = DaemonState.Leaving;
        drainUntil = gate.Now + settings.DrainLimit;
        held.GiveUpEverything();
        Drain(gate.Now);
        Release();
    }

    private void Drain(TimeSpan now)
    {
        var status = news.Find(self)?.Status;
        if (status is MemberStatus.Joining or MemberStatus.Up)
            calls.Start(StoreCall.Move, () => store.Move(self, MemberStatus.Leaving), done => done);
        if (held.Count > 0 || held.IsReleasing)
            return;

        if (status == MemberStatus.Leaving)
            calls.Start(StoreCall.Move, () => store.Move(self, MemberStatus.Exiting), done => done);
        post.Tell(new FlushLetters());
        if (status == MemberStatus.Exiting && (lettersAreOut || now > drainUntil))
            Depart();
    }

    private void Depart()
    {
        state = DaemonState.Departing;
        gate.Close();
        post.Tell(new PostClosed());
        var life = self;
        if (!calls.Start(StoreCall.Depart, async () => { await store.Depart(life).ConfigureAwait(false); return true; }, _ => new DaemonMessage.Departed()))
            End();
    }

    private void End()
    {
        state = DaemonState.Ended;
        listening?.Dispose();
        Timers.CancelAll();
        if (news.Find(self) is { } member)
            news.Tell(new ClusterEvent.MemberRemoved(member with { Status = MemberStatus.Removed }, member.Status));
        news.Tell(new ClusterEvent.ClusterShuttingDown());
        face.End();
    }

    private void GivenUp(ShardsGivenUp given)
    {
        held.GivenUp(given.Space, given.Shards);
        Release();
        if (state == DaemonState.Leaving)
            Drain(gate.Now);
    }

    private void AddSpace(DaemonMessage.AddSpace add)
    {
        spaces[add.Space.Name] = add.Space;
        StoreCalls.Ask(() => store.AddSpace(add.Space)).PipeTo(Sender, me, problem => new DaemonMessage.SpaceAdded(add.Space, problem));
        Look();
    }

    private void Failed(StoreFailed failed)
    {
        if (!calls.End(failed.Call, failed.Ticket))
            return;

        StoreIsAway(failed.Failure);
        if (failed.Call == StoreCall.Depart)
            End(); // What is still on record runs out by itself.
    }

    private void StoreIsAway(Exception failure)
    {
        if (!storeIsAway)
            log.Warning("The cluster's database does not answer: {0} The lease holds for another {1}.", failure.Message, gate.Left);
        storeIsAway = true;
    }

    private void StoreIsBack()
    {
        if (storeIsAway)
            log.Info("The cluster's database answers again.");
        storeIsAway = false;
    }
}
