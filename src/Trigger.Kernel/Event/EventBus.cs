using System.Collections.Immutable;

namespace Trigger.Kernel.Event;

/// <summary>
/// Publishes events to whoever subscribed to their class. A subclass says what the class of an event is, which classes contain others, and how a
/// subscriber is told.
/// </summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
    where TClassifier : notnull
    where TSubscriber : notnull
{
    private readonly Lock _gate = new();

    // Replaced as a whole, so that publishing needs no lock.
    private ImmutableDictionary<TClassifier, ImmutableList<TSubscriber>> _subscriptions = ImmutableDictionary<TClassifier, ImmutableList<TSubscriber>>.Empty;

    /// <returns>False when it was subscribed to just that class already.</returns>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_gate)
        {
            var subscribers = _subscriptions.GetValueOrDefault(classifier, []);
            if (subscribers.Contains(subscriber))
                return false;

            _subscriptions = _subscriptions.SetItem(classifier, subscribers.Add(subscriber));
            return true;
        }
    }

    /// <returns>False when it was subscribed to nothing.</returns>
    public virtual bool Unsubscribe(TSubscriber subscriber)
    {
        lock (_gate)
        {
            var found = false;
            foreach (var classifier in _subscriptions.Keys)
                found |= Remove(subscriber, classifier);
            return found;
        }
    }

    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_gate)
            return Remove(subscriber, classifier);
    }

    /// <summary>Each subscriber is told once, through however many of its subscriptions the event reaches it.</summary>
    public virtual void Publish(TEvent @event)
    {
        var eventClass = GetClassifier(@event);
        HashSet<TSubscriber>? told = null;
        foreach (var (classifier, subscribers) in _subscriptions)
        {
            if (!(Equals(classifier, eventClass) || IsSubClassification(classifier, eventClass)) || !Classify(@event, classifier))
                continue;

            foreach (var subscriber in subscribers)
            {
                if ((told ??= []).Add(subscriber))
                    Publish(@event, subscriber);
            }
        }
    }

    /// <summary>Whether the child's events belong to the parent too.</summary>
    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    /// <summary>Whether the event belongs to the class.</summary>
    protected abstract bool Classify(TEvent @event, TClassifier classifier);

    protected abstract TClassifier GetClassifier(TEvent @event);

    private bool Remove(TSubscriber subscriber, TClassifier classifier)
    {
        if (!_subscriptions.TryGetValue(classifier, out var subscribers) || !subscribers.Contains(subscriber))
            return false;

        var left = subscribers.Remove(subscriber);
        _subscriptions = left.IsEmpty ? _subscriptions.Remove(classifier) : _subscriptions.SetItem(classifier, left);
        return true;
    }
}
