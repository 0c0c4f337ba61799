using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel.Semantics;

/// <summary>Has children a, b, … that count, and passes everything on to the first.</summary>
internal sealed class Supervising(Trace trace, SupervisorStrategy strategy, int children = 1) : UntypedActor
{
    private IActorRef first = ActorRefs.Nobody;

    protected override void PreStart()
    {
        for (var i = children - 1; i >= 0; i--)
        {
            var name = ((char)('a' + i)).ToString();
            first = Context.Watch(Context.ActorOf(Props.Create(() => new Counting(trace, name)), name));
        }
    }

    protected override void PostRestart(Exception reason)
    {
        trace.Add("sup.PostRestart");
        base.PostRestart(reason);
    }

    protected override SupervisorStrategy SupervisorStrategy() => strategy;

    protected override void OnReceive(object message)
    {
        if (message is Terminated)
            trace.Add("Terminated");
        else
            first.Tell(message);
    }

    private sealed class Counting(Trace trace, string name) : UntypedActor
    {
        private int failures;

        protected override void PreRestart(Exception reason, object? message)
        {
            trace.Add($"{name}.PreRestart");
            base.PreRestart(reason, message!);
        }

        protected override void PostStop() => trace.Add($"{name}.PostStop");

        protected override void PostRestart(Exception reason) => trace.Add($"{name}.PostRestart");

        protected override void OnReceive(object message)
        {
            if (message is "fail")
            {
                failures++;
                throw new InvalidOperationException("as told");
            }

            trace.Add($"{name}.count={failures}");
        }
    }
}
