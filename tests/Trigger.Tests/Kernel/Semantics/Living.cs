using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel.Semantics;

/// <summary>Notes every hook of its life, has children, and does what it is told.</summary>
internal sealed class Living : UntypedActor
{
    private readonly Trace trace;
    private readonly string name;
    private readonly int children;

    public Living(Trace trace, string name, int children = 0)
    {
        (this.trace, this.name, this.children) = (trace, name, children);
        trace.Add($"{name}.ctor");
    }

    protected override void PreStart()
    {
        trace.Add($"{name}.PreStart");
        for (var i = 0; i < children; i++)
        {
            var child = $"{name}c{i}";
            Context.ActorOf(Props.Create(() => new Living(trace, child)), $"c{i}");
        }
    }

    protected override void PostStop() => trace.Add($"{name}.PostStop");

    protected override void PreRestart(Exception reason, object? message)
    {
        trace.Add($"{name}.PreRestart({message})");
        base.PreRestart(reason, message!);
    }

    protected override void PostRestart(Exception reason)
    {
        trace.Add($"{name}.PostRestart");
        base.PostRestart(reason);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case "fail":
                throw new InvalidOperationException("as told");
            case "bear a child that cannot be made":
                Context.Watch(Context.ActorOf(Props.Create<ActorBase>(() => throw new InvalidOperationException("unmakeable"))));
                break;
            case Terminated:
                trace.Add($"{name}.Terminated");
                break;
            default:
                trace.Add($"{name}:{message}");
                break;
        }
    }
}
