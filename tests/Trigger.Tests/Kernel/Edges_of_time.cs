using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;
using Trigger.Lab.TestKit;
using Inbox = Trigger.Kernel.Actor.Inbox;

namespace Trigger.Tests.Kernel;

/// <summary>Windows, timers and waits, at their very end and one tick beyond.</summary>
public sealed class Edges_of_time : KernelSpec
{
    [Theory]
    [InlineData(2, 0, "restarted restarted ended", 1000, 1000, 1000)]
    [InlineData(2, 10, "restarted restarted ended", 4, 4, 1)]
    [InlineData(2, 10, "restarted restarted ended", 5, 5, 0)]
    [InlineData(2, 10, "restarted restarted restarted", 5, 6, 0)]
    [InlineData(-1, 10, "restarted ended", 10, 0, 0)]
    [InlineData(-1, 10, "restarted restarted restarted", 11, 11, 11)]
    [InlineData(0, 10, "ended", 0, 0, 0)]
    [InlineData(-1, 10, "restarted restarted ended", 11, 9, 0)]
    [InlineData(-1, 0, "restarted restarted restarted", 0, 0, 0)]
    [InlineData(1, 0, "restarted ended", 1000, 0)]
    [InlineData(2, -1, "restarted restarted ended", 1000, 1000, 0)]
    public async Task restarts_are_counted_within_their_window_and_its_end_is_in_it(int most, int window, string fates, params int[] pauses)
    {
        var child = ActorRefs.Nobody;
        var strategy = new OneForOneStrategy(most, window == 0 ? (TimeSpan?)null : Math.Max(0, window) * Second, _ => Directive.Restart);
        var born = new TaskCompletionSource();
        Spawn((_, _) => { }, onStart: self =>
        {
            child = self.Place.ActorOf(Props.Create(() => new Fated(Probe.Ref)));
            born.SetResult();
        }, strategy: strategy);
        await born.Task;
        var expected = fates.Split(' ');
        for (var i = 0; i < expected.Length; i++)
        {
            child.Tell("fail");
            await Probe.Expect(expected[i]);
            Clock.Advance(pauses[i] * Second);
        }
    }

    [Fact]
    public async Task a_queue_of_timers_forgets_most_of_those_that_were_cancelled_and_rings_the_rest_in_order()
    {
        var cancelables = Enumerable.Range(0, 1000)
            .Select(i => System.Scheduler.ScheduleTellOnceCancelable((1 + (i * 7919 % 1000)) * TimeSpan.FromMilliseconds(1), Probe.Ref, 1 + (i * 7919 % 1000), ActorRefs.NoSender))
            .ToList();
        var before = System.TimerQueue.Count;
        for (var i = 0; i < cancelables.Count; i++)
        {
            if (i % 10 != 0)
                cancelables[i].Cancel();
        }

        Assert.Equal(before - 900, System.TimerQueue.Count);
        cancelables[1].Cancel();
        Assert.Equal(before - 900, System.TimerQueue.Count);
        Clock.Advance(Second);
        var heard = new List<int>();
        for (var i = 0; i < 100; i++)
            heard.Add(await Probe.Expect<int>());
        Assert.Equal(heard.Order(), heard);
        Assert.Equal(100, heard.Distinct().Count());
        await Probe.ExpectNothingBefore("marker");
        Assert.Equal(before - 1000, System.TimerQueue.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => System.Scheduler.ScheduleTellOnce(TimeSpan.FromTicks(-1), Probe.Ref, "x", ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(() => System.Scheduler.ScheduleTellRepeatedly(Second, TimeSpan.Zero, Probe.Ref, "x", ActorRefs.NoSender));
    }

    [Fact]
    public void a_timer_that_slept_through_its_times_makes_up_for_none_of_them()
    {
        var (clock, rung) = (new JumpingClock(), new List<long>());
        using var queue = new TimerQueue(clock, failure => throw failure);
        queue.Add(TimeSpan.FromTicks(10), TimeSpan.FromTicks(10), () => rung.Add(clock.Now));

        foreach (var now in new[] { 10L, 35L, 40L, 44L, 47L, 54L, 55L })
            clock.JumpTo(now);

        // At 35 it was 15 late and rings once; the next is ten later. At 47 it was 2 late, which the next is not.
        Assert.Equal([10L, 35L, 47L, 55L], rung);
        queue.Dispose();
        clock.JumpTo(1000);
        Assert.Equal(4, rung.Count);
        Assert.Equal(0, queue.Count);
        queue.Add(TimeSpan.FromTicks(1), interval: null, () => rung.Add(0));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void a_scheduler_that_is_not_the_kernel_s_own_can_be_cancelled_as_well()
    {
        var (clock, heard) = (new TestScheduler(), Inbox.Create(System));
        var once = clock.ScheduleTellOnceCancelable(Second, heard.Receiver, "never", ActorRefs.NoSender);
        clock.ScheduleTellOnceCancelable(Second, heard.Receiver, "once", ActorRefs.NoSender);
        var often = clock.ScheduleTellRepeatedlyCancelable(2 * Second, Second, heard.Receiver, "often", ActorRefs.NoSender);
        once.Cancel();
        clock.Advance(3 * Second);
        often.Cancel();
        clock.Advance(3 * Second);
        heard.Receiver.Tell("last");

        Assert.Equal(["once", "often", "often", "last"], Enumerable.Range(0, 4).Select(_ => heard.Receive(Patience)));
    }

    [Fact]
    public void what_can_be_cancelled_can_be_let_go_of_and_then_does_nothing_more()
    {
        using var source = new Cancelable(System.Scheduler);
        var linked = (Cancelable)Cancelable.CreateLinkedCancelable(System.Scheduler, source);
        Assert.False(linked.IsDisposed);
        linked.Dispose();
        Assert.True(linked.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => linked.Token);
        linked.Dispose();
        source.Cancel();
        Assert.False(linked.IsCancellationRequested);
        Assert.True(Cancelable.CreateCanceled().IsCancellationRequested && Cancelable.CreateCanceled().Token.IsCancellationRequested);
    }

    [Fact]
    public async Task whoever_waits_for_an_end_waits_for_that_of_the_actor_behind_a_proxy_too()
    {
        using var kit = new Trigger.Lab.TestKit.TestKit(System);
        var probe = kit.CreateTestProbe();
        var waiting = probe.WatchAsync(TestContext.Current.CancellationToken);
        using var never = new CancellationTokenSource();
        var broken = probe.WatchAsync(never.Token);
        Assert.False(waiting.IsCompleted);
        await never.CancelAsync();
        Assert.False(await broken.WaitAsync(Patience, TestContext.Current.CancellationToken));
        System.Stop(probe);
        Assert.True(await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.True(await ActorRefs.Nobody.WatchAsync(TestContext.Current.CancellationToken));
        Assert.True(await ActorRefs.Nobody.GracefulStop(Second));
    }

    [Fact]
    public async Task a_graceful_stop_that_is_too_late_leaves_nothing_behind()
    {
        using var gate = new ManualResetEventSlim();
        var busy = Spawn((_, _) => gate.Wait(Patience));
        busy.Tell("work");
        var before = System.TimerQueue.Count;
        var stop = busy.GracefulStop(Second);
        Clock.Advance(Second);
        await Assert.ThrowsAsync<TaskCanceledException>(() => stop);
        Assert.Equal(before, System.TimerQueue.Count);
        gate.Set();

        var quick = Spawn((_, _) => { });
        Assert.True(await quick.GracefulStop(1000 * Second));
        Assert.Equal(before, System.TimerQueue.Count);
    }

    private sealed class Fated(IActorRef log) : UntypedActor
    {
        private bool restarting;

        protected override void OnReceive(object message) => throw new InvalidOperationException("told to");

        protected override void PreRestart(Exception reason, object? message) => restarting = true;

        protected override void PostRestart(Exception reason) => log.Tell("restarted");

        protected override void PostStop()
        {
            if (!restarting)
                log.Tell("ended");
        }
    }

    private sealed class JumpingClock : TimeProvider
    {
        private Action? ring;

        public long Now { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ring = () => callback(state);
            return new Silent();
        }

        public void JumpTo(long now)
        {
            Now = now;
            ring?.Invoke();
        }

        private sealed class Silent : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
