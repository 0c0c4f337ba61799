namespace Trigger.Kernel.Actor.Internal;

/// <summary>The inside of an <see cref="Inbox"/>.</summary>
internal sealed class InboxActor(InboxQueue queue) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Watching { Notice: null } watching:
                Context.Watch(watching.Subject);
                break;
            case Watching watching:
                Context.WatchWith(watching.Subject, watching.Notice);
                break;
            case Unwatching unwatching:
                Context.Unwatch(unwatching.Subject);
                break;
            default:
                queue.Add(message, Sender, Self);
                break;
        }
    }

    internal sealed record Watching(IActorRef Subject, object? Notice);

    internal sealed record Unwatching(IActorRef Subject);
}
