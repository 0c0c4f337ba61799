using System.Collections.Concurrent;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Event;

/// <summary>Whoever subscribes to a type gets, once, every published event of it and of what derives from it, until it unsubscribes or dies.</summary>
public sealed class EventStream : LoggingBus
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IActorRef, HashSet<Type>> _subscriptions = [];
    private readonly ConcurrentDictionary<Type, IActorRef[]> _receivers = new();
    private readonly LogForwarder? _forwarder;

    internal EventStream(LogLevel logLevel, LogForwarder? forwarder)
    {
        LogLevel = logLevel;
        _forwarder = forwarder;
    }

    /// <returns>False when it was subscribed to just that type already.</returns>
    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(subscriber, out var channels))
            {
                _subscriptions.Add(subscriber, channels = []);
                if (subscriber.AsInternal() is { System: { } system } actor)
                    actor.SendSystem(new SystemMessage.Watch(new Unsubscriber(system, this)));
            }

            var added = channels.Add(channel);
            _receivers.Clear();
            return added;
        }
    }

    public bool Subscribe<T>(IActorRef subscriber) => Subscribe(subscriber, typeof(T));

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        lock (_gate)
        {
            var removed = _subscriptions.TryGetValue(subscriber, out var channels) && channels.Remove(channel);
            if (channels is { Count: 0 })
                _subscriptions.Remove(subscriber);
            _receivers.Clear();
            return removed;
        }
    }

    public bool Unsubscribe<T>(IActorRef subscriber) => Unsubscribe(subscriber, typeof(T));

    public override bool Unsubscribe(IActorRef subscriber)
    {
        lock (_gate)
        {
            var removed = _subscriptions.Remove(subscriber);
            _receivers.Clear();
            return removed;
        }
    }

    public override void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        if (@event is LogEvent log)
        {
            if (log.LogLevel() < LogLevel)
                return;
            _forwarder?.Forward(log);
        }

        var receivers = _receivers.TryGetValue(@event.GetType(), out var known) ? known : FindReceivers(@event.GetType());
        foreach (var receiver in receivers)
            receiver.Tell(@event, ActorRefs.NoSender);
    }

    internal bool Wants(LogLevel level) => level >= LogLevel;

    private IActorRef[] FindReceivers(Type type)
    {
        // Within the gate, so that a subscription made meanwhile cannot be forgotten by what we store.
        lock (_gate)
        {
            IActorRef[] found = [.. _subscriptions.Where(s => s.Value.Any(channel => channel.IsAssignableFrom(type))).Select(s => s.Key)];
            _receivers[type] = found;
            return found;
        }
    }

    private sealed class Unsubscriber(ActorSystem system, EventStream stream) : InternalActorRef
    {
        public override ActorPath Path { get; } = (system.Root / "system").Child("$unsubscriber", system.NextUid());

        internal override ActorSystem System => system;

        internal override void SendSystem(SystemMessage message)
        {
            if (message is SystemMessage.DeathWatchNotification notice)
                stream.Unsubscribe(notice.Actor);
        }

        protected override void TellInternal(object message, IActorRef? sender) => system.DeadLetters.Tell(message, sender);
    }
}
