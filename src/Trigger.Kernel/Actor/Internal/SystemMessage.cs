namespace Trigger.Kernel.Actor.Internal;

/// <summary>What cells tell each other past the user's queue. Chained into a stack by the mailbox, so each instance is sent once.</summary>
internal abstract class SystemMessage
{
    private SystemMessage()
    {
    }

    internal SystemMessage? Next { get; set; }

    internal sealed class Create : SystemMessage;

    internal sealed class Suspend : SystemMessage;

    internal sealed class Resume(bool clearsFailure) : SystemMessage
    {
        internal bool ClearsFailure { get; } = clearsFailure;
    }

    internal sealed class Recreate(Exception cause) : SystemMessage
    {
        internal Exception Cause { get; } = cause;
    }

    internal sealed class Terminate : SystemMessage;

    internal sealed class Watch(InternalActorRef watcher) : SystemMessage
    {
        internal InternalActorRef Watcher { get; } = watcher;
    }

    internal sealed class Unwatch(InternalActorRef watcher) : SystemMessage
    {
        internal InternalActorRef Watcher { get; } = watcher;
    }

    internal sealed class Failed(LocalActorRef child, Exception cause) : SystemMessage
    {
        internal LocalActorRef Child { get; } = child;

        internal Exception Cause { get; } = cause;
    }

    internal sealed class DeathWatchNotification(InternalActorRef actor, bool existenceConfirmed) : SystemMessage
    {
        internal InternalActorRef Actor { get; } = actor;

        internal bool ExistenceConfirmed { get; } = existenceConfirmed;
    }

    /// <summary>The rest of an asynchronous handler.</summary>
    internal sealed class Continue(SendOrPostCallback callback, object? state, AsyncOperation operation) : SystemMessage
    {
        internal SendOrPostCallback Callback { get; } = callback;

        internal object? State { get; } = state;

        internal AsyncOperation Operation { get; } = operation;
    }

    internal sealed class AsyncCompleted(AsyncOperation operation, Exception? failure) : SystemMessage
    {
        internal AsyncOperation Operation { get; } = operation;

        internal Exception? Failure { get; } = failure;
    }

    /// <summary>A lazily re-armed deadline may be due.</summary>
    internal sealed class DeadlineCheck(LazyDeadline deadline, int arming) : SystemMessage
    {
        internal LazyDeadline Deadline { get; } = deadline;

        internal int Arming { get; } = arming;
    }

    /// <summary>A message that goes ahead of the user's queue, and is delivered even while that queue is held.</summary>
    internal sealed class Signal(object message, IActorRef? sender) : SystemMessage
    {
        internal object Message { get; } = message;

        internal IActorRef? Sender { get; } = sender;
    }
}
