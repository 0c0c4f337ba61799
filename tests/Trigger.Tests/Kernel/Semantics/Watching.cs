using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel.Semantics;

/// <summary>Watches from its start, and does with its watch what it is told.</summary>
internal sealed class Watching : ReceiveActor
{
    private readonly IActorRef subject;
    private readonly object? custom;

    public Watching(Trace trace, IActorRef subject, object? custom = null, TaskCompletionSource? gate = null)
    {
        (this.subject, this.custom) = (subject, custom);
        Receive<Terminated>(notice => trace.Add($"Terminated(existence={notice.ExistenceConfirmed})"));
        Receive<string>(text => text == "watch again", _ => Context.Watch(subject));
        ReceiveAsync<string>(text => text == "unwatch when the gate opens", async _ =>
        {
            await gate!.Task;
            Context.Unwatch(subject);
        });
        Receive<string>(trace.Add);
    }

    protected override void PreStart()
    {
        if (custom is null)
            Context.Watch(subject);
        else
            Context.WatchWith(subject, custom);
    }
}
