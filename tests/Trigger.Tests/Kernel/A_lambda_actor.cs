using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Dsl;

namespace Trigger.Tests.Kernel;

public sealed class A_lambda_actor : KernelSpec
{
    [Fact]
    public async Task does_what_it_was_told_to()
    {
        var actor = System.ActorOf(dsl =>
        {
            dsl.Receive<string>((text, context) => context.Sender.Tell(text + "!"), text => text.Length > 1);
            dsl.Receive<int>((number, context) => dsl.Become((other, inner) => inner.Sender.Tell($"{number}:{other}")));
            dsl.ReceiveAny((other, context) => context.Sender.Tell("?"));
        });
        foreach (var message in new object[] { "hi", "x", 7, "y" })
            actor.Tell(message, Probe.Ref);

        await Probe.Expect("hi!", "?", "7:y");
    }

    [Fact]
    public async Task has_hooks_and_children()
    {
        var actor = System.ActorOf(
            (dsl, context) =>
            {
                dsl.OnPreStart = _ => Probe.Ref.Tell("started");
                dsl.OnPostStop = _ => Probe.Ref.Tell("stopped");
                dsl.OnPreRestart = (reason, message, _) =>
                {
                    Probe.Ref.Tell($"{reason.Message} at {message}");
                    dsl.DefaultPreRestart(reason, message);
                };
                dsl.ActorOf(child => child.Receive<string>((text, inner) => Probe.Ref.Tell($"child {text}")), "child");
                dsl.Receive<string>((_, _) => Fail("boom"));
            },
            "parent");
        await Probe.Expect("started");
        System.ActorSelection("/user/parent/child").Tell("hears");
        await Probe.Expect("child hears");
        actor.Tell("x");

        await Probe.Expect("boom at x", "stopped", "started");
    }
}
