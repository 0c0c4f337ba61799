using System.Collections.Immutable;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Event;

namespace Trigger.Kernel.Persistence;

/// <summary>
/// What persistent actors have in common.
/// <code>
///   waiting for a permit ──▶ recovering ──▶ processing commands ◀──▶ persisting (commands held)
///                                │                                       │
///                                └───────── failure: stopped ────────────┘
/// </code>
/// <para>Commands that arrive in the wrong moment are not stashed but stay in the mailbox, which is held while the journal's answers go
/// ahead of the queue. So the user's stash is untouched, and a <see cref="PoisonPill"/> waits for the handlers of what was persisted before it.</para>
/// </summary>
public abstract class Eventsourced : ActorBase, IWithUnboundedStash
{
    private readonly Queue<PendingHandler> _pending = new();
    private readonly WriteBatch _batch = new();
    private readonly PersistenceExtension _extension;
    private readonly int _instanceId;
    private readonly string _writerGuid = Guid.NewGuid().ToString();
    private ILoggingAdapter? _log;
    private ScheduledEntry? _recoveryTimer;
    private long _sequenceNr;
    private int _stashing;
    private bool _recovering = true;
    private bool _eventSeen;
    private bool _ended;

    private protected Eventsourced()
    {
        _extension = Persistence.Instance.Apply(Cell.System);
        _instanceId = (int)Cell.System.NextUid();
    }

    /// <summary>The name of its events, unique in the journal for all time.</summary>
    public abstract string PersistenceId { get; }

    public virtual Recovery Recovery => Recovery.Default;

    public IStash Stash { get; set; } = null!;

    public IActorRef Journal => _extension.Journal;

    /// <summary>Inside a handler, the number of its event.</summary>
    public long LastSequenceNr { get; private set; }

    public bool IsRecovering => _recovering;

    public bool IsRecoveryFinished => !_recovering;

    protected ILoggingAdapter Log => _log ??= Cell.GetLogger();

    /// <summary>Stores an event, then calls the handler. No command is received in between.</summary>
    public void Persist<TEvent>(TEvent @event, Action<TEvent> handler)
        where TEvent : notnull => Write([@event], Wrap(handler), PendingHandler.Kind.Stashing);

    public void Persist<TEvent>(TEvent @event, Func<TEvent, Task> handler)
        where TEvent : notnull => Write([@event], Wrap(handler), PendingHandler.Kind.Stashing);

    /// <summary>Stores events together or not at all, then calls the handler for each.</summary>
    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler)
        where TEvent : notnull => Write([.. events], Wrap(handler), PendingHandler.Kind.Stashing);

    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Func<TEvent, Task> handler)
        where TEvent : notnull => Write([.. events], Wrap(handler), PendingHandler.Kind.Stashing);

    /// <summary>As Persist, but commands may be received before the handler is called.</summary>
    public void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler)
        where TEvent : notnull => Write([@event], Wrap(handler), PendingHandler.Kind.Concurrent);

    public void PersistAsync<TEvent>(TEvent @event, Func<TEvent, Task> handler)
        where TEvent : notnull => Write([@event], Wrap(handler), PendingHandler.Kind.Concurrent);

    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler)
        where TEvent : notnull => Write([.. events], Wrap(handler), PendingHandler.Kind.Concurrent);

    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Func<TEvent, Task> handler)
        where TEvent : notnull => Write([.. events], Wrap(handler), PendingHandler.Kind.Concurrent);

    /// <summary>Stores nothing; calls the handler after those of all events persisted before, at once when there are none.</summary>
    public void DeferAsync<TEvent>(TEvent evt, Action<TEvent> handler)
        where TEvent : notnull => Defer(evt, Wrap(handler));

    public void DeferAsync<TEvent>(TEvent evt, Func<TEvent, Task> handler)
        where TEvent : notnull => Defer(evt, Wrap(handler));

    /// <summary>Answered by <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/> as a command.</summary>
    public void DeleteMessages(long toSequenceNr) => Journal.Tell(new DeleteMessagesTo(PersistenceId, toSequenceNr, Self), Self);

    protected abstract bool ReceiveRecover(object message);

    protected abstract bool ReceiveCommand(object message);

    protected sealed override bool Receive(object message) => ReceiveCommand(message);

    /// <summary>The write failed and its outcome is unknown. The actor is stopped afterwards, whatever this does.</summary>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Failed to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}].", @event.GetType(), sequenceNr, PersistenceId);

    /// <summary>The event was refused and is not stored. The actor goes on; the sequence number is used up.</summary>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Rejected to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}].", @event.GetType(), sequenceNr, PersistenceId);

    /// <summary>The recovery failed. The actor is stopped afterwards.</summary>
    /// <param name="message">The event whose handler threw, null when the journal failed.</param>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null) =>
        Log.Error(reason, "Recovery of persistenceId [{0}] failed at [{1}] after sequence number [{2}].", PersistenceId, message?.GetType(), LastSequenceNr);

    /// <summary>All events were replayed; RecoveryCompleted follows.</summary>
    protected virtual void OnReplaySuccess()
    {
    }

    protected override void Unhandled(object message)
    {
        if (message is RecoveryCompleted)
            return;

        if (message is DeleteMessagesFailure failure)
            Log.Warning(failure.Cause, "Failed to delete messages up to {0} for persistenceId [{1}].", failure.ToSequenceNr, PersistenceId);
        else
            base.Unhandled(message);
    }

    internal override void AroundPreStart()
    {
        BeginRecovery();
        base.AroundPreStart();
    }

    internal override void AroundPostRestart(Exception reason)
    {
        BeginRecovery();
        base.AroundPostRestart(reason);
    }

    internal override void AroundPreRestart(Exception reason, object? message)
    {
        EndRecoveryTimer();
        base.AroundPreRestart(reason, message);
    }

    internal override void AroundPostStop()
    {
        EndRecoveryTimer();
        base.AroundPostStop();
    }

    internal override void Dispatch(Receive? behavior, object message)
    {
        switch (message)
        {
            case WriteMessageSuccess written when IsMine(written.ActorInstanceId):
                Stored(written.Persistent);
                break;
            case WriteMessageRejected rejected when IsMine(rejected.ActorInstanceId):
                Rejected(rejected);
                break;
            case WriteMessageFailure failed when IsMine(failed.ActorInstanceId):
                Failed(failed);
                break;
            case WriteMessagesSuccessful done when IsMine(done.ActorInstanceId):
                _batch.Finished();
                Flush();
                break;
            case WriteMessageSuccess or WriteMessageRejected or WriteMessageFailure or WriteMessagesSuccessful or WriteMessagesFailed:
                // Of an earlier incarnation, or followed by a failure for each event.
                break;
            case ReplayedMessage replayed:
                if (_recovering && !_ended)
                    Replay(replayed.Persistent);
                break;
            case RecoverySuccess success when _recovering && !_ended:
                CompleteRecovery(success.HighestSequenceNr);
                break;
            case ReplayMessagesFailure failure when _recovering && !_ended:
                FailRecovery(failure.Cause, null);
                break;
            case RecoveryPermitGranted:
                StartReplay();
                break;
            case RecoveryTick tick:
                CheckRecovery(tick);
                break;
            default:
                Command(behavior, message);
                break;
        }
    }

    internal override void AfterAsync() => Settle();

    private protected void RunTask(Func<Task> action) => RunAsync(action);

    private static Func<object, Task> Wrap<TEvent>(Action<TEvent> handler) => stored =>
    {
        handler((TEvent)stored);
        return Task.CompletedTask;
    };

    private static Func<object, Task> Wrap<TEvent>(Func<TEvent, Task> handler) => stored => handler((TEvent)stored);

    private bool IsMine(int instanceId) => instanceId == _instanceId && !_ended;

    private void Write(object[] events, Func<object, Task> handler, PendingHandler.Kind kind)
    {
        if (_recovering)
            throw new InvalidOperationException($"Cannot persist during replay ({PersistenceId}). Events can be persisted from commands and after RecoveryCompleted.");

        if (events.Length == 0)
            return;

        var sender = Cell.Current.Sender;
        var written = ImmutableArray.CreateBuilder<IPersistentRepresentation>(events.Length);
        var now = Cell.System.Time.GetUtcNow().UtcTicks;
        foreach (var @event in events)
        {
            written.Add(new Persistent(@event, ++_sequenceNr, PersistenceId, sender: sender, writerGuid: _writerGuid, timestamp: now));
            _pending.Enqueue(new PendingHandler(@event, handler, kind, sender));
        }

        _batch.Add(new AtomicWrite(written.MoveToImmutable()));
        if (kind == PendingHandler.Kind.Stashing)
        {
            _stashing += events.Length;
            Cell.Mailbox.IsHeld = true;
        }
    }

    private void Defer(object @event, Func<object, Task> handler)
    {
        if (_recovering)
            throw new InvalidOperationException($"Cannot defer during replay ({PersistenceId}).");

        var deferred = new PendingHandler(@event, handler, PendingHandler.Kind.Deferred, Cell.Current.Sender);
        if (_pending.Count == 0)
            Run(deferred, @event);
        else
            _pending.Enqueue(deferred);
    }

    private void Command(Receive? behavior, object message)
    {
        try
        {
            base.Dispatch(behavior, message);
        }
        finally
        {
            // What was persisted before a failure is written all the same, as in Akka.NET: its sequence numbers are used.
            if (!Cell.IsAwaiting)
                Settle();
        }
    }

    private void Stored(IPersistentRepresentation stored)
    {
        LastSequenceNr = Math.Max(LastSequenceNr, stored.SequenceNr);
        var handler = TakePending();
        Cell.Current = new Envelope(stored, handler.Sender);
        try
        {
            Run(handler, stored.Payload);
        }
        catch
        {
            // The supervisor may let us go on; then the commands must not wait for ever.
            Release();
            throw;
        }

        if (!Cell.IsAwaiting)
            Settle();
    }

    private void Rejected(WriteMessageRejected rejected)
    {
        var stored = rejected.Persistent;
        LastSequenceNr = Math.Max(LastSequenceNr, stored.SequenceNr);
        TakePending();
        try
        {
            OnPersistRejected(rejected.Cause, stored.Payload, stored.SequenceNr);
        }
        finally
        {
            Release();
        }

        Settle();
    }

    private void Failed(WriteMessageFailure failed)
    {
        _ended = true;
        try
        {
            OnPersistFailure(failed.Cause, failed.Persistent.Payload, failed.Persistent.SequenceNr);
        }
        finally
        {
            Cell.Stop(Self);
        }
    }

    private PendingHandler TakePending()
    {
        var handler = _pending.Dequeue();
        if (handler.What == PendingHandler.Kind.Stashing)
            _stashing--;
        return handler;
    }

    /// <summary>After a command or handler: runs what was deferred behind it, writes what was persisted, lets commands in again.</summary>
    private void Settle()
    {
        while (_pending.TryPeek(out var next) && next.What == PendingHandler.Kind.Deferred)
        {
            _pending.Dequeue();
            Cell.Current = new Envelope(next.Event, next.Sender);
            Run(next, next.Event);
            if (Cell.IsAwaiting)
                return;
        }

        Flush();
        Release();
    }

    private void Release()
    {
        if (_stashing == 0 && !_recovering)
            Cell.Mailbox.IsHeld = false;
    }

    private void Flush()
    {
        if (_batch.Next() is { } batch)
            Journal.Tell(new WriteMessages(batch, Self, _instanceId), Self);
    }

    private void Run(PendingHandler handler, object stored) => RunAsync(() => handler.Run(stored));

    private void BeginRecovery()
    {
        if (string.IsNullOrEmpty(PersistenceId))
            throw new InvalidOperationException($"{GetType()} at {Self.Path} has no PersistenceId.");

        Cell.Mailbox.IsHeld = true;
        _extension.RecoveryPermitter.Tell(RequestRecoveryPermit.Instance, Self);
    }

    private void StartReplay()
    {
        if (!_recovering || _recoveryTimer is not null)
            return;

        var timeout = _extension.RecoveryEventTimeout;
        var self = Self;
        var tick = new RecoveryTick(_instanceId);
        _recoveryTimer = Cell.System.TimerQueue.Add(timeout, timeout, () => self.Signal(tick, ActorRefs.NoSender));
        Journal.Tell(new ReplayMessages(1, Recovery.ToSequenceNr, Recovery.ReplayMax, PersistenceId, Self), Self);
    }

    private void Replay(IPersistentRepresentation replayed)
    {
        _eventSeen = true;
        try
        {
            Cell.Current = new Envelope(replayed.Payload, replayed.Sender);
            LastSequenceNr = Math.Max(LastSequenceNr, replayed.SequenceNr);
            if (!ReceiveRecover(replayed.Payload))
                Unhandled(replayed.Payload);
        }
        catch (Exception failure)
        {
            FailRecovery(failure, replayed.Payload);
        }
    }

    private void CompleteRecovery(long highest)
    {
        EndRecoveryTimer();
        OnReplaySuccess();
        LastSequenceNr = Math.Max(highest, LastSequenceNr);
        _sequenceNr = LastSequenceNr;
        _recovering = false;
        _extension.RecoveryPermitter.Tell(ReturnRecoveryPermit.Instance, Self);
        try
        {
            if (!ReceiveRecover(RecoveryCompleted.Instance))
                Unhandled(RecoveryCompleted.Instance);
        }
        finally
        {
            if (!Cell.IsAwaiting)
                Settle();
        }
    }

    private void FailRecovery(Exception reason, object? message)
    {
        _ended = true;
        EndRecoveryTimer();
        try
        {
            OnRecoveryFailure(reason, message);
        }
        finally
        {
            Cell.Stop(Self);
        }
    }

    private void CheckRecovery(RecoveryTick tick)
    {
        if (tick.ActorInstanceId != _instanceId || !_recovering || _ended)
            return;

        if (!_eventSeen)
            FailRecovery(new RecoveryTimedOutException($"Recovery of [{PersistenceId}] timed out: no event within {_extension.RecoveryEventTimeout}."), null);
        _eventSeen = false;
    }

    private void EndRecoveryTimer() => _recoveryTimer?.Cancel();
}
