using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

public sealed class What_surrounds_a_message : KernelSpec
{
    [Fact]
    public async Task sees_every_message_first_and_may_keep_it()
    {
        var actor = System.ActorOf(Props.Create(() => new Guarded(Probe.Ref)));
        foreach (var message in new[] { "one", "secret", "become", "two" })
            actor.Tell(message);

        await Probe.Expect("around one", "one", "around secret", "around become", "around two", "changed two");
    }

    [Fact]
    public async Task surrounds_the_life_of_an_actor_too()
    {
        var actor = System.ActorOf(Props.Create(() => new Guarded(Probe.Ref)));
        actor.Tell("boom");
        await Probe.Expect("around boom", "around restart");
        System.Stop(actor);

        await Probe.Expect("around stop");
    }

    private sealed class Guarded(IActorRef log) : UntypedActor
    {
        protected override bool AroundReceive(Receive receive, object message)
        {
            log.Tell($"around {message}");
            return message is "secret" || receive(message);
        }

        public override void AroundPreRestart(Exception cause, object? message)
        {
            log.Tell("around restart");
            base.AroundPreRestart(cause, message);
        }

        public override void AroundPostStop()
        {
            log.Tell("around stop");
            base.AroundPostStop();
        }

        protected override void OnReceive(object message)
        {
            if (message is "boom")
                Fail("boom");
            if (message is "become")
                Become(other => log.Tell($"changed {other}"));
            else
                log.Tell(message);
        }
    }
}
