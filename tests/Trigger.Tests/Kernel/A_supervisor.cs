using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

public sealed class A_supervisor : KernelSpec
{
    [Fact]
    public async Task lets_a_child_go_on_with_its_state()
    {
        var parent = Parent(new OneForOneStrategy(_ => Directive.Resume));
        parent.Tell("boom");
        parent.Tell("count");

        await Probe.Expect("k.PreStart", 1);
    }

    [Fact]
    public async Task stops_a_child_at_the_failure_after_the_last_allowed_restart()
    {
        var parent = Parent(new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        for (var i = 0; i < 3; i++)
            parent.Tell("boom");

        await Probe.Expect(
            "k.PreStart",
            "k.PreRestart(boom)", "k.PostStop", "k.PostRestart", "k.PreStart",
            "k.PreRestart(boom)", "k.PostStop", "k.PostRestart", "k.PreStart",
            "k.PostStop", "Terminated");
    }

    [Fact]
    public async Task forgets_restarts_when_their_window_has_passed()
    {
        var parent = Parent(new OneForOneStrategy(1, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        parent.Tell("boom");
        await Probe.Expect("k.PreStart", "k.PreRestart(boom)", "k.PostStop", "k.PostRestart", "k.PreStart");

        Clock.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(1));
        parent.Tell("boom");

        await Probe.Expect("k.PreRestart(boom)", "k.PostStop", "k.PostRestart", "k.PreStart");
    }

    [Fact]
    public async Task that_escalates_fails_itself_and_starts_over_with_its_child()
    {
        var parent = Spawn((self, m) => self.Place.Child("k").Forward(m), "s", Probe, self => self.Place.ActorOf(Kid(), "k"), new OneForOneStrategy(_ => Directive.Escalate));
        parent.Tell("boom");

        await Probe.Expect("s.PreStart", "k.PreStart");
        Assert.StartsWith("s.PreRestart", await Probe.Expect<string>(), StringComparison.Ordinal);
        await Probe.Expect("s.PostStop", "k.PostStop", "s.PostRestart", "s.PreStart", "k.PreStart");
    }

    [Fact]
    public async Task of_all_for_one_restarts_the_siblings_too()
    {
        var parent = Spawn(
            (self, m) => self.Place.Child("a").Forward(m),
            onStart: self =>
            {
                self.Place.ActorOf(Kid(), "a");
                self.Place.ActorOf(Kid(), "b");
            },
            strategy: new AllForOneStrategy(_ => Directive.Restart));
        await Probe.Next();
        await Probe.Next();
        parent.Tell("boom");

        var seen = new List<string>();
        for (var i = 0; i < 8; i++)
            seen.Add(await Probe.Expect<string>());
        Assert.Equal(
            ["a.PostRestart", "a.PostStop", "a.PreRestart(boom)", "a.PreStart", "b.PostRestart", "b.PostStop", "b.PreRestart()", "b.PreStart"],
            seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task stops_a_child_that_cannot_be_made()
    {
        Spawn(
            (_, m) => { if (m is Terminated) Probe.Ref.Tell("Terminated"); },
            onStart: self => self.Place.Watch(self.Place.ActorOf(Props.Create(Unmakable))));

        await Probe.Expect("Terminated");
    }

    private static Scripted Unmakable() => throw new InvalidOperationException("no");

    private Props Kid() => Script(
        (self, m) =>
        {
            if (m is "boom")
            {
                self.Count++;
                Fail("boom");
            }

            Probe.Ref.Tell(self.Count);
        },
        Probe);

    private IActorRef Parent(SupervisorStrategy strategy) => Spawn(
        (self, m) =>
        {
            if (m is Terminated)
                Probe.Ref.Tell("Terminated");
            else
                self.Place.Child("k").Forward(m);
        },
        onStart: self => self.Place.Watch(self.Place.ActorOf(Kid(), "k")),
        strategy: strategy);
}
