using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Persistence.Journal;

namespace Trigger.Tests.Kernel;

public sealed class A_recovery : KernelSpec
{
    private readonly SteppedJournal.Desk _desk;

    public A_recovery()
        : this(new SteppedJournal.Desk())
    {
    }

    private A_recovery(SteppedJournal.Desk desk)
        : base(new JournalSetup(() => Props.Create(() => new SteppedJournal(desk))) { RecoveryEventTimeout = 30 * Second, ReplayFilter = ReplayFilterMode.Disabled }) => _desk = desk;

    [Fact]
    public async Task may_take_as_long_as_it_likes_when_something_comes_in_time()
    {
        _desk.Highest = 3;
        var actor = Start();
        await WatchdogIsSet();
        for (var number = 1; number <= 3; number++)
        {
            Clock.Advance(20 * Second);
            Give(number);
            await Probe.Expect($"recover e{number}@{number}");
        }

        _desk.Events.Writer.Complete();
        await Probe.Expect("recovered 3");
        Clock.Advance(200 * Second);
        actor.Tell("hello");
        await Probe.Expect("hello");
    }

    [Fact]
    public async Task fails_when_nothing_comes_between_two_events_and_not_before()
    {
        _desk.Highest = 3;
        var actor = Start();
        Probe.Watch(actor);
        await WatchdogIsSet();
        Clock.Advance(20 * Second);
        Give(1);
        await Probe.Expect("recover e1@1");

        // Something had come before the first look, nothing before the second.
        Clock.Advance(40 * Second - TimeSpan.FromTicks(1));
        await Processed(Probe.Ref);
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Contains("no event within 00:00:30", await Probe.Expect<string>(), StringComparison.Ordinal);
        await Probe.Expect("PostStop");
        Assert.Equal(actor, (await Probe.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task that_failed_replays_nothing_more()
    {
        _desk.Highest = 3;
        Probe.Watch(Start());
        await WatchdogIsSet();
        Give(1, "poison");
        Give(2);
        _desk.Events.Writer.Complete();

        await Probe.Expect("recover poison@1", "failed cannot", "PostStop");
        await Probe.Expect<Terminated>();
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task that_the_journal_breaks_off_ends_its_actor_with_the_reason_alone()
    {
        _desk.Highest = 3;
        var actor = Start();
        Probe.Watch(actor);
        await WatchdogIsSet();
        Give(1);
        await Probe.Expect("recover e1@1");
        _desk.Events.Writer.Complete(new IOException("disk"));

        await Probe.Expect("failed disk", "PostStop");
        await Probe.Expect<Terminated>();
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task that_is_broken_off_leaves_no_timer_behind()
    {
        _desk.Highest = 1;
        var before = System.TimerQueue.Count;
        var actor = Start();
        await WatchdogIsSet();
        Assert.Equal(before + 1, System.TimerQueue.Count);
        await actor.GracefulStop(Patience);
        await Probe.Expect("PostStop");

        Assert.Equal(before, System.TimerQueue.Count);
    }

    [Fact]
    public async Task calls_the_hooks_of_every_actor_around_it_and_passes_on_nothing_of_its_own()
    {
        System.EventStream.Subscribe<UnhandledMessage>(Probe.Ref);
        _desk.Highest = 1;
        var actor = Start(hooks: true);
        await Probe.Expect("PreStart");
        Give(1);
        _desk.Events.Writer.Complete();
        await Probe.Expect("recover e1@1", "recovered 1");

        // The handler of commands takes everything, so it would show what should never have reached it.
        actor.Tell("hello");
        await Probe.Expect("hello");
        Clock.Advance(100 * Second);
        await Processed(actor);
        actor.Tell("last");
        await Probe.Expect("last");
        actor.Tell("fail");
        await Probe.Expect("PostStop", "PreStart", "recovered 1");
        actor.Tell(PoisonPill.Instance);
        await Probe.Expect("PostStop");
    }

    [Theory]
    [InlineData(long.MaxValue, long.MaxValue, "highest id from 0; replay id 1-3 at most all")]
    [InlineData(2, long.MaxValue, "highest id from 0; replay id 1-2 at most all")]
    [InlineData(1, 1, "highest id from 0; replay id 1-1 at most 1")]
    [InlineData(long.MaxValue, 0, "highest id from 0")]
    [InlineData(0, long.MaxValue, "highest id from 0")]
    public async Task asks_the_journal_for_what_is_wanted_and_for_nothing_when_nothing_is(long to, long max, string asked)
    {
        _desk.Highest = 3;
        _desk.Events.Writer.Complete();
        Start(new Recovery(SnapshotSelectionCriteria.Latest, to, max));

        await Probe.Expect("recovered 3");
        Assert.Equal(asked, string.Join("; ", _desk.Notes));
    }

    [Fact]
    public async Task is_not_disturbed_by_answers_to_the_actor_before_its_restart()
    {
        _desk.Events.Writer.Complete();
        var actor = Start();
        await Probe.Expect("recovered 0");
        actor.Tell("persist");
        var write = await NextWrite();
        actor.Tell("fail");

        // The new incarnation awaits the end of the old one's write; what is said of that write is not for it.
        await Probe.Expect("PostStop");
        for (var i = 0; i < 20; i++)
            await Processed(Trigger.Kernel.Persistence.Persistence.Instance.Apply(System).Journal);
        Assert.Single(_desk.Notes);
        write.End.SetResult(null);
        await Probe.Expect("recovered 0");
        actor.Tell("persist");
        (await NextWrite()).End.SetResult(null);
        await Probe.Expect("persisted@1");
        await Probe.ExpectNothingBefore("marker");
        Assert.Equal(2, _desk.Notes.Count);
    }

    [Fact]
    public async Task leaves_an_actor_one_write_at_a_time_and_a_call_no_more_than_its_share()
    {
        _desk.Events.Writer.Complete();
        var actor = Start();
        await Probe.Expect("recovered 0");
        for (var i = 0; i < 4; i++)
            actor.Tell("persist");

        // The journal would take two calls at once, and two writes in each.
        var first = await NextWrite();
        await Processed(actor);
        await Processed(Trigger.Kernel.Persistence.Persistence.Instance.Apply(System).Journal);
        Assert.False(_desk.Writes.Reader.TryRead(out _));
        Assert.Single(first.Writes);
        first.End.SetResult(null);
        await Probe.Expect("persisted@1");
        var rest = await NextWrite();

        // One actor's batch is never torn apart, however large.
        Assert.Equal([2L, 3L, 4L], rest.Writes.Select(write => write.LowestSequenceNr));
        Assert.All(rest.Writes, write => Assert.Equal((1, write.LowestSequenceNr, "id"), (write.Size, write.HighestSequenceNr, write.PersistenceId)));
        rest.End.SetResult(null);
        await Probe.Expect("persisted@2", "persisted@3", "persisted@4");
    }

    [Fact]
    public async Task gathers_the_writes_of_others_up_to_the_share_of_a_call()
    {
        _desk.Events.Writer.Complete();
        var journal = Trigger.Kernel.Persistence.Persistence.Instance.Apply(System).Journal;
        var calls = new List<GatedJournal.Call>();
        for (var i = 0; i < 5; i++)
        {
            var actor = Start(id: $"id{i}");
            await Probe.Expect("recovered 0");
            actor.Tell("persist");
            await Processed(actor);
            await Processed(journal);
            if (i < 2)
                calls.Add(await NextWrite());
        }

        // Two calls are under way; the three that gathered behind them go in twos.
        Assert.False(_desk.Writes.Reader.TryRead(out _));
        calls[0].End.SetResult(null);
        var gathered = await NextWrite();
        Assert.Equal(["id2", "id3"], gathered.Writes.Select(write => write.PersistenceId));
        calls[1].End.SetResult(null);
        var last = await NextWrite();
        Assert.Equal(["id4"], last.Writes.Select(write => write.PersistenceId));
        gathered.End.SetResult(null);
        last.End.SetResult(null);
        for (var i = 0; i < 5; i++)
            await Probe.Expect("persisted@1");
    }

    [Fact]
    public async Task is_told_once_that_a_batch_could_not_be_written()
    {
        _desk.Events.Writer.Complete();
        var actor = Start();
        Probe.Watch(actor);
        await Probe.Expect("recovered 0");
        actor.Tell("persist three");
        (await NextWrite()).End.SetException(new IOException("disk"));

        await Probe.Expect("not stored x", "PostStop");
        await Probe.Expect<Terminated>();
        await Probe.ExpectNothingBefore("marker");
    }

    private IActorRef Start(Recovery? recovery = null, bool hooks = false, string id = "id") => System.ActorOf(Props.Create(() => new Recovering(id, Probe.Ref, recovery ?? Recovery.Default, hooks)));

    private void Give(long number, string? payload = null) => _desk.Events.Writer.TryWrite(new Persistent(payload ?? $"e{number}", number, "id", writerGuid: "w"));

    private async Task<GatedJournal.Call> NextWrite()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _desk.Writes.Reader.ReadAsync(patience.Token);
    }

    private async Task WatchdogIsSet()
    {
        Assert.True(SpinWait.SpinUntil(() => !_desk.Notes.IsEmpty, Patience));
        await Processed(Probe.Ref);
    }

    private sealed class Recovering : ReceivePersistentActor
    {
        private readonly IActorRef _log;
        private readonly bool _hooks;

        public Recovering(string id, IActorRef log, Recovery recovery, bool hooks)
        {
            PersistenceId = id;
            _log = log;
            Recovery = recovery;
            _hooks = hooks;
            Recover<string>(e =>
            {
                log.Tell($"recover {e}@{LastSequenceNr}");
                if (e == "poison")
                    throw new InvalidOperationException("cannot");
            });
            Recover<RecoveryCompleted>(_ => log.Tell($"recovered {LastSequenceNr}"));
            Command<string>(text => text == "persist", _ => PersistAsync("x", _ => log.Tell($"persisted@{LastSequenceNr}")));
            Command<string>(text => text == "persist three", _ => PersistAll(["x", "y", "z"], _ => { }));
            Command<string>(text => text == "fail", _ => throw new InvalidOperationException("told to"));
            CommandAny(message => log.Tell(message));
        }

        public override string PersistenceId { get; }

        public override Recovery Recovery { get; }

        protected override void PreStart()
        {
            if (_hooks)
                _log.Tell("PreStart");
        }

        protected override void PostStop() => _log.Tell("PostStop");

        protected override void OnRecoveryFailure(Exception reason, object? message = null) => _log.Tell($"failed {reason.Message}");

        protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _log.Tell($"not stored {@event}");
    }
}
