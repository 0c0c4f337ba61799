using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

/// <summary>Questions to actors. Without a timeout they wait for ever.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout: null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, timeout: null, cancellationToken);

    /// <exception cref="AskTimeoutException">Nobody answered in time.</exception>
    /// <exception cref="TaskCanceledException">The token was cancelled first.</exception>
    /// <exception cref="ArgumentException">The answer was of another type.</exception>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var promise = new AskPromise<T>(SystemOf(self));
        return Send(self, message, promise, timeout, cancellationToken);
    }

    /// <param name="messageFactory">Given the reference to answer to, for messages that carry it.</param>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var promise = new AskPromise<T>(SystemOf(self));
        return Send(self, messageFactory(promise), promise, timeout, cancellationToken);
    }

    private static Task<T> Send<T>(ICanTell asked, object message, AskPromise<T> promise, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        timeout ??= promise.System.Settings.AskTimeout;
        if (timeout is { } limit && limit != Timeout.InfiniteTimeSpan)
            promise.ExpireAfter(limit, asked, message);
        if (cancellationToken.CanBeCanceled)
            promise.CancelWith(cancellationToken);
        asked.Tell(message, promise);
        // Who asks inside a handler may wait there for the answer.
        Lane.Running?.GiveAway();
        return promise.Answer;
    }

    private static ActorSystem SystemOf(ICanTell asked) => (asked.AsInternal() ?? asked) switch
    {
        InternalActorRef { System: { } own } => own,
        ActorSelection selection => selection.System,
        _ => AmbientCell.Current?.System ?? throw new ArgumentException($"{asked} belongs to no actor system, so nobody could answer.", nameof(asked)),
    };
}
