namespace Trigger.Kernel.Actor.Internal;

/// <summary>Whom the cell watches, who watches it, and which notices are still queued.</summary>
internal sealed class Watches
{
    private Dictionary<IActorRef, object?>? _watching;
    private Dictionary<IActorRef, object?>? _queued;
    private HashSet<InternalActorRef>? _watchedBy;

    /// <returns>True when the subject must be asked; false when it is watched already.</returns>
    /// <exception cref="InvalidOperationException">It is watched with another message.</exception>
    internal bool Watch(InternalActorRef subject, object? message)
    {
        _watching ??= [];
        if (_watching.TryGetValue(subject, out var before))
        {
            if (!Equals(before, message))
                throw new InvalidOperationException($"{subject} is watched with another message already. Unwatch it first.");
            return false;
        }

        _watching.Add(subject, message);
        return true;
    }

    internal bool Unwatch(IActorRef subject)
    {
        _queued?.Remove(subject);
        return _watching is not null && _watching.Remove(subject);
    }

    internal IReadOnlyList<InternalActorRef> UnwatchAll()
    {
        InternalActorRef[] subjects = _watching is null ? [] : [.. _watching.Keys.Cast<InternalActorRef>()];
        _watching = null;
        _queued = null;
        return subjects;
    }

    internal bool AddWatcher(InternalActorRef watcher) => (_watchedBy ??= []).Add(watcher);

    internal void RemoveWatcher(InternalActorRef watcher) => _watchedBy?.Remove(watcher);

    internal IReadOnlyCollection<InternalActorRef> TakeWatchers()
    {
        IReadOnlyCollection<InternalActorRef> all = _watchedBy is null ? [] : _watchedBy;
        _watchedBy = null;
        return all;
    }

    /// <summary>The subject is gone. True when a notice is to be queued.</summary>
    internal bool Terminated(IActorRef subject)
    {
        if (_watching is null || !_watching.Remove(subject, out var message))
            return false;

        (_queued ??= [])[subject] = message;
        return true;
    }

    /// <summary>Whether a queued notice may still be delivered, and as what.</summary>
    internal bool Claim(IActorRef subject, out object? message)
    {
        message = null;
        return _queued is not null && _queued.Remove(subject, out message);
    }

    internal void Requeue(IActorRef subject) => (_queued ??= [])[subject] = null;
}
