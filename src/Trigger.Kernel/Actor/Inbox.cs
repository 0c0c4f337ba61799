using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

/// <summary>
/// An address outside of actors: what it is told waits until it is read. As in Akka.NET it holds no more than <c>akka.actor.inbox.inbox-size</c>
/// messages, 1000 by default; what comes beyond becomes a dead letter. A read that comes to nothing answers a <see cref="Status.Failure"/>.
/// </summary>
public class Inbox : IInboxable, IDisposable
{
    private readonly ActorSystem _system;
    private readonly InboxQueue _queue;
    private readonly TimeSpan _defaultTimeout;
    private bool _disposed;

    private Inbox(ActorSystem system)
    {
        _system = system;
        var config = system.Settings.Config.GetConfig("akka.actor.inbox");
        _defaultTimeout = config.GetTimeSpan("default-timeout", TimeSpan.FromSeconds(5));
        var queue = new InboxQueue(system, config.GetInt("inbox-size", 1000));
        _queue = queue;
        Receiver = system.SystemActorOf(Props.Create(() => new InboxActor(queue)), name: null);
    }

    public IActorRef Receiver { get; }

    public static Inbox Create(ActorSystem system) => new(system);

    public object Receive() => Receive(_defaultTimeout);

    /// <summary>Blocks the calling thread; in asynchronous code use <see cref="ReceiveAsync(TimeSpan)"/>.</summary>
    public object Receive(TimeSpan timeout) => ReceiveAsync(timeout).GetAwaiter().GetResult();

    public object? ReceiveWhere(Predicate<object> predicate) => ReceiveWhere(predicate, _defaultTimeout);

    /// <returns>Null when no such message came; others stay where they are.</returns>
    public object? ReceiveWhere(Predicate<object> predicate, TimeSpan timeout) => _queue.Take(predicate, timeout).GetAwaiter().GetResult();

    public Task<object> ReceiveAsync() => ReceiveAsync(_defaultTimeout);

    public async Task<object> ReceiveAsync(TimeSpan timeout) =>
        await _queue.Take(static _ => true, timeout).ConfigureAwait(false)
        ?? new Status.Failure(new TimeoutException($"Inbox {Receiver.Path} received nothing within {timeout}."));

    /// <summary>Sends as the inbox, which gets the answer.</summary>
    public void Send(IActorRef target, object message) => target.Tell(message, Receiver);

    public IActorRef Watch(IActorRef subject)
    {
        Receiver.Tell(new InboxActor.Watching(subject, null));
        return subject;
    }

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        Receiver.Tell(new InboxActor.Watching(subject, message));
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        Receiver.Tell(new InboxActor.Unwatching(subject));
        return subject;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed)
            return;

        _disposed = true;
        _system.Stop(Receiver);
    }
}
