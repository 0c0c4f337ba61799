using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

public sealed class A_death_watch : KernelSpec
{
    [Fact]
    public async Task tells_once_however_often_it_was_asked_for()
    {
        var target = Spawn((_, _) => { });
        var watcher = Spawn((_, m) => Probe.Ref.Tell(m is Terminated gone ? (gone.ActorRef, gone.ExistenceConfirmed) : m), onStart: self => { self.Place.Watch(target); self.Place.Watch(target); });
        await Processed(watcher);
        System.Stop(target);

        await Probe.Expect((target, true));
        await Processed(watcher);
        await Probe.ExpectNothingBefore("end");
    }

    [Fact]
    public async Task tells_at_once_that_nobody_was_there()
    {
        var target = Spawn((_, _) => { });
        await target.GracefulStop(Second).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Probe.Watch(target);

        Assert.False((await Probe.Expect<Terminated>()).ExistenceConfirmed);
    }

    [Fact]
    public async Task taken_back_discards_a_notice_already_queued()
    {
        var target = Spawn((_, _) => { });
        using var gate = new ManualResetEventSlim();
        var watcher = Spawn(
            (self, m) =>
            {
                if (m is "unwatch")
                {
                    gate.Wait(Patience);
                    self.Place.Unwatch(target);
                }
                else
                    Probe.Ref.Tell(m);
            },
            onStart: self => self.Place.Watch(target));
        await Processed(watcher);
        watcher.Tell("unwatch");
        await target.GracefulStop(Second).WaitAsync(Patience, TestContext.Current.CancellationToken);
        gate.Set();
        watcher.Tell("end");

        await Probe.Expect("end");
    }

    [Fact]
    public async Task may_bring_a_message_of_its_own()
    {
        var target = Spawn((_, _) => { });
        var watcher = Spawn((_, m) => Probe.Ref.Tell(m), onStart: self => self.Place.WatchWith(target, "gone"));
        await Processed(watcher);
        System.Stop(target);

        await Probe.Expect("gone");
    }

    [Fact]
    public async Task unhandled_is_a_pact_to_die_together()
    {
        var target = Spawn((_, _) => { });
        var watcher = Spawn((self, m) => self.NotHandled(m), "w", Probe, self => self.Place.Watch(target));
        await Processed(watcher);
        System.Stop(target);

        await Probe.Expect("w.PreStart", "w.PostStop");
    }
}
