namespace Trigger.Kernel.Actor.Internal;

internal sealed class CellStash(ActorCell cell, int capacity) : IStash
{
    private LinkedList<Envelope> _waiting = new();

    public int Count => _waiting.Count;

    public bool IsEmpty => _waiting.Count == 0;

    public bool NonEmpty => _waiting.Count > 0;

    public bool IsFull => capacity >= 0 && _waiting.Count >= capacity;

    public int Capacity => capacity;

    public void Stash()
    {
        var current = cell.Current;
        if (current.Message is null)
            throw new IllegalActorStateException($"There is no message in progress that {cell.Self.Path} could stash.");

        if (_waiting.Last is { } last && ReferenceEquals(last.Value.Message, current.Message) && ReferenceEquals(last.Value.Sender, current.Sender))
            throw new IllegalActorStateException($"{cell.Self.Path} cannot stash the same {current.Message.GetType()} twice.");

        if (IsFull)
            throw new StashOverflowException($"The stash of {cell.Self.Path} is full with {capacity} messages; no room for {current.Message.GetType()}.");

        _waiting.AddLast(current);
    }

    public void Unstash()
    {
        if (_waiting.First is not { } first)
            return;

        _waiting.RemoveFirst();
        GiveBack([first.Value]);
    }

    public void UnstashAll() => GiveBack([.. ClearStash()]);

    public void UnstashAll(Func<Envelope, bool> predicate) => GiveBack([.. ClearStash().Where(predicate)]);

    public IEnumerable<Envelope> ClearStash()
    {
        var all = _waiting;
        _waiting = new LinkedList<Envelope>();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
            _waiting.AddFirst(envelope);
    }

    private void GiveBack(List<Envelope> envelopes)
    {
        foreach (var envelope in envelopes)
        {
            // The notice was claimed when it came first; it must pass that gate once more.
            if (envelope.Message is Terminated terminated)
                cell.Watches.Requeue(terminated.ActorRef);
        }

        cell.Mailbox.Prepend(envelopes);
    }
}
