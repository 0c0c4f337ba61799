using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

public sealed class Timers_and_timeouts : KernelSpec
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task a_timer_started_again_replaces_the_first()
    {
        var actor = Spawn((self, m) =>
        {
            if (m is "start")
            {
                self.Timers.StartSingleTimer("k", "first", Second);
                self.Timers.StartSingleTimer("k", "second", 2 * Second);
            }
            else
                Probe.Ref.Tell($"{m} {self.Timers.IsTimerActive("k")}");
        });
        actor.Tell("start");
        await Processed(actor);
        Clock.Advance(2 * Second);

        await Probe.Expect("second False");
    }

    [Fact]
    public async Task a_cancelled_timer_delivers_nothing_even_if_its_message_was_queued()
    {
        var actor = Spawn((self, m) =>
        {
            if (m is "start")
            {
                self.Timers.StartSingleTimer("k", "stale", Second);
                Clock.Advance(Second); // The tick is in the queue behind this message now.
                self.Timers.Cancel("k");
            }
            else
                Probe.Ref.Tell(m);
        });
        actor.Tell("start");
        actor.Tell("end");

        await Probe.Expect("end");
    }

    [Fact]
    public async Task timers_end_with_a_restart()
    {
        var actor = Spawn((self, m) =>
        {
            if (m is "boom")
            {
                self.Timers.StartSingleTimer("k", "late", Second);
                Fail("boom");
            }

            Probe.Ref.Tell($"{m} {self.Timers.IsTimerActive("k")}");
        });
        actor.Tell("boom");
        actor.Tell("m");
        await Probe.Expect("m False");

        Assert.Equal(0, System.TimerQueue.Count);
    }

    [Fact]
    public async Task a_periodic_timer_keeps_its_rate()
    {
        var actor = Spawn((_, m) => Probe.Ref.Tell(m), onStart: self => self.Timers.StartPeriodicTimer("k", "tick", Second, 2 * Second));
        await Processed(actor);
        Clock.Advance(5 * Second - Tick);
        await Probe.Expect("tick", "tick");
        Clock.Advance(Tick);
        await Probe.Expect("tick");
    }

    [Fact]
    public async Task silence_is_announced_at_its_limit_and_again_until_switched_off()
    {
        var actor = Spawn(
            (self, m) =>
            {
                if (m is "off")
                    self.Place.SetReceiveTimeout(null);
                Probe.Ref.Tell(m);
            },
            onStart: self => self.Place.SetReceiveTimeout(Second));
        await Processed(actor);
        Clock.Advance(Second - Tick);
        actor.Tell("m");
        await Probe.Expect("m");
        await Processed(actor);

        Clock.Advance(Second - Tick);
        await Processed(actor);
        await Probe.ExpectNothingBefore("quiet");
        Clock.Advance(Tick);
        await Probe.Expect(ReceiveTimeout.Instance);
        await Processed(actor);
        Clock.Advance(Second);
        await Probe.Expect(ReceiveTimeout.Instance);

        actor.Tell("off");
        await Probe.Expect("off");
        await Processed(actor);
        Clock.Advance(10 * Second);
        await Processed(actor);
        await Probe.ExpectNothingBefore("end");
    }

    [Fact]
    public async Task silence_is_not_broken_by_messages_that_do_not_count()
    {
        var actor = Spawn((_, m) => Probe.Ref.Tell(m), onStart: self => self.Place.SetReceiveTimeout(Second));
        await Processed(actor);
        Clock.Advance(Second - Tick);
        actor.Tell(Whisper.Instance);
        await Probe.Expect(Whisper.Instance);
        await Processed(actor);
        Clock.Advance(Tick);

        await Probe.Expect(ReceiveTimeout.Instance);
    }

    [Fact]
    public async Task the_scheduler_sends_once_repeatedly_and_not_after_cancel()
    {
        System.Scheduler.ScheduleTellOnce(Second, Probe.Ref, "once", ActorRefs.NoSender);
        var repeat = System.Scheduler.ScheduleTellRepeatedlyCancelable(2 * Second, Second, Probe.Ref, "again", ActorRefs.NoSender);
        Clock.Advance(3 * Second);
        await Probe.Expect("once", "again", "again");

        repeat.Cancel();
        Clock.Advance(10 * Second);
        await Probe.ExpectNothingBefore("end");
    }

    [Fact]
    public async Task what_is_due_at_the_same_moment_comes_in_the_order_of_its_scheduling()
    {
        var expected = Enumerable.Range(0, 40).Cast<object>().ToArray();
        foreach (var message in expected)
            System.Scheduler.ScheduleTellOnce(Second, Probe.Ref, message, ActorRefs.NoSender);
        Clock.Advance(Second);
        await Probe.Expect(expected);
    }

    [Fact]
    public void with_nothing_scheduled_no_timer_is_armed() => Assert.Equal(0, Clock.ArmedTimers);

    private sealed class Whisper : INotInfluenceReceiveTimeout
    {
        internal static readonly Whisper Instance = new();
    }
}
