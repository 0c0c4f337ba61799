namespace Trigger.Kernel.Persistence.Journal;

/// <summary>
/// Looks for events of two incarnations that wrote at the same time, as when a lost lease was noticed too late. Events wait in a window, so that
/// those which an older writer added behind a newer one's back can still be taken out.
/// </summary>
internal sealed class ReplayFilter(ReplayFilterMode mode, Action<IPersistentRepresentation> accept, Action<string> warn)
{
    private const int WindowSize = 100;
    private const int MaxOldWriters = 10;

    private readonly LinkedList<IPersistentRepresentation> _window = new();
    private readonly LinkedList<string> _oldWriters = new();
    private string _writer = "";
    private long _highest;

    /// <exception cref="InvalidOperationException">Two writers, and the mode is to fail.</exception>
    internal void Replay(IPersistentRepresentation @event)
    {
        if (mode == ReplayFilterMode.Disabled)
        {
            accept(@event);
            return;
        }

        if (_window.Count == WindowSize)
            ReleaseFirst();

        if (@event.WriterGuid == _writer)
            FromPresentWriter(@event);
        else if (_oldWriters.Contains(@event.WriterGuid))
            Judge($"event {@event.SequenceNr} of [{@event.PersistenceId}] comes from writer [{@event.WriterGuid}], which [{_writer}] had replaced", @event);
        else
            FromNewWriter(@event);
    }

    /// <summary>There are no more events.</summary>
    internal void Flush()
    {
        while (_window.Count > 0)
            ReleaseFirst();
    }

    private void FromPresentWriter(IPersistentRepresentation @event)
    {
        if (@event.SequenceNr < _highest)
        {
            Judge($"event {@event.SequenceNr} of [{@event.PersistenceId}] comes after {_highest} of the same writer [{_writer}]", @event);
            return;
        }

        _highest = @event.SequenceNr;
        _window.AddLast(@event);
    }

    private void FromNewWriter(IPersistentRepresentation @event)
    {
        if (_writer.Length > 0)
            _oldWriters.AddLast(_writer);
        if (_oldWriters.Count > MaxOldWriters)
            _oldWriters.RemoveFirst();
        _writer = @event.WriterGuid;
        _highest = @event.SequenceNr;

        for (var node = _window.First; node is not null;)
        {
            var (present, next) = (node, node.Next);
            if (present.Value.SequenceNr >= _highest)
            {
                _window.Remove(present);
                Judge(
                    $"event {present.Value.SequenceNr} of [{@event.PersistenceId}] comes from writer [{present.Value.WriterGuid}], but [{_writer}] had begun at {_highest}",
                    present.Value,
                    next);
            }

            node = next;
        }

        _window.AddLast(@event);
    }

    private void Judge(string finding, IPersistentRepresentation @event, LinkedListNode<IPersistentRepresentation>? before = null)
    {
        if (mode == ReplayFilterMode.Fail)
            throw new InvalidOperationException($"Invalid replayed event: {finding}. Perhaps events were written by two incarnations at the same time.");

        warn($"Invalid replayed event{(mode == ReplayFilterMode.Warn ? "" : " left out")}: {finding}.");
        if (mode != ReplayFilterMode.Warn)
            return;

        if (before is null)
            _window.AddLast(@event);
        else
            _window.AddBefore(before, @event);
    }

    private void ReleaseFirst()
    {
        var first = _window.First!.Value;
        _window.RemoveFirst();
        accept(first);
    }
}
