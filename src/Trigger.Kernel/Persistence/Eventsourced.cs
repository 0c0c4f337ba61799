using System.Collections.Immutable;
using Trigger.Kernel.Actor;
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
/// ahead of the queue. So the user's stash is untouched, and a <see cref="PoisonPill"/> does not wait, as in Akka.NET: events are written, but
/// handlers still outstanding are never called. To stop after them, send a message of your own.</para>
/// </summary>
public abstract class Eventsourced : ActorBase, IWithUnboundedStash, IPersistentIdentity, IPersistenceRecovery, ISnapshotter
{
    private readonly Queue<PendingHandler> _pending = new();
    private readonly WriteBatch _batch = new();
    private readonly PersistenceExtension _extension;
    private readonly RecoveryRun _recovery;
    private readonly int _instanceId;
    private readonly string _writerGuid = Guid.NewGuid().ToString();
    private ILoggingAdapter? _log;
    private IActorRef? _journal;
    private IActorRef? _snapshotStore;
    private long _sequenceNr;
    private int _stashing;
    private bool _ended;

    private protected Eventsourced()
    {
        _extension = Persistence.Instance.Apply(Cell.System);
        _instanceId = (int)Cell.System.NextUid();
        _recovery = new RecoveryRun(this, Cell, _extension, _instanceId);
    }

    /// <summary>The name of its events, unique in the journal for all time.</summary>
    public abstract string PersistenceId { get; }

    public virtual Recovery Recovery => Recovery.Default;

    public IStash Stash { get; set; } = null!;

    /// <summary>Set in the constructor, the id of one of the other journals of <see cref="Hosting.JournalSetup"/>.</summary>
    public string JournalPluginId { get; protected set; } = "";

    /// <summary>Set in the constructor, the id of one of the other stores of <see cref="Hosting.SnapshotSetup"/>.</summary>
    public string SnapshotPluginId { get; protected set; } = "";

    public IActorRef Journal => _journal ??= _extension.JournalFor(JournalPluginId);

    public IActorRef SnapshotStore => _snapshotStore ??= _extension.SnapshotStoreFor(SnapshotPluginId);

    public string SnapshotterId => PersistenceId;

    public long SnapshotSequenceNr => LastSequenceNr;

    /// <summary>Inside a handler, the number of its event.</summary>
    public long LastSequenceNr { get; private set; }

    public bool IsRecovering => _recovery.IsUnderWay;

    public bool IsRecoveryFinished => !IsRecovering;

    protected PersistenceExtension Extension => _extension;

    protected virtual ILoggingAdapter Log => _log ??= Cell.GetLogger();

    internal bool HasSnapshotStore => SnapshotPluginId.Length > 0 || _extension.HasSnapshotStore;

    /// <summary>Stores an event, then calls the handler. No command is received in between.</summary>
    public void Persist<TEvent>(TEvent @event, Action<TEvent> handler)
        where TEvent : notnull => Write([@event], PersistHandlers.Of(handler), PendingHandler.Kind.Stashing);

    public void Persist<TEvent>(TEvent @event, Func<TEvent, Task> handler)
        where TEvent : notnull => Write([@event], PersistHandlers.Of(handler), PendingHandler.Kind.Stashing);

    /// <summary>Stores events together or not at all, then calls the handler for each.</summary>
    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler)
        where TEvent : notnull => Write([.. events], PersistHandlers.Of(handler), PendingHandler.Kind.Stashing);

    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Func<TEvent, Task> handler)
        where TEvent : notnull => Write([.. events], PersistHandlers.Of(handler), PendingHandler.Kind.Stashing);

    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler, Action onComplete)
        where TEvent : notnull => WriteAll(events, PersistHandlers.Of(handler), PersistHandlers.Of(onComplete), PendingHandler.Kind.Stashing);

    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler, Func<Task> onCompleteAsync)
        where TEvent : notnull => WriteAll(events, PersistHandlers.Of(handler), onCompleteAsync, PendingHandler.Kind.Stashing);

    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Func<TEvent, Task> handler, Action onComplete)
        where TEvent : notnull => WriteAll(events, PersistHandlers.Of(handler), PersistHandlers.Of(onComplete), PendingHandler.Kind.Stashing);

    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Func<TEvent, Task> handler, Func<Task> onCompleteAsync)
        where TEvent : notnull => WriteAll(events, PersistHandlers.Of(handler), onCompleteAsync, PendingHandler.Kind.Stashing);

    /// <summary>As Persist, but commands may be received before the handler is called.</summary>
    public void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler)
        where TEvent : notnull => Write([@event], PersistHandlers.Of(handler), PendingHandler.Kind.Concurrent);

    public void PersistAsync<TEvent>(TEvent @event, Func<TEvent, Task> handler)
        where TEvent : notnull => Write([@event], PersistHandlers.Of(handler), PendingHandler.Kind.Concurrent);

    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler)
        where TEvent : notnull => Write([.. events], PersistHandlers.Of(handler), PendingHandler.Kind.Concurrent);

    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Func<TEvent, Task> handler)
        where TEvent : notnull => Write([.. events], PersistHandlers.Of(handler), PendingHandler.Kind.Concurrent);

    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler, Action onComplete)
        where TEvent : notnull => WriteAll(events, PersistHandlers.Of(handler), PersistHandlers.Of(onComplete), PendingHandler.Kind.Concurrent);

    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler, Func<Task> onCompleteAsync)
        where TEvent : notnull => WriteAll(events, PersistHandlers.Of(handler), onCompleteAsync, PendingHandler.Kind.Concurrent);

    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Func<TEvent, Task> handler, Action onComplete)
        where TEvent : notnull => WriteAll(events, PersistHandlers.Of(handler), PersistHandlers.Of(onComplete), PendingHandler.Kind.Concurrent);

    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Func<TEvent, Task> handler, Func<Task> onCompleteAsync)
        where TEvent : notnull => WriteAll(events, PersistHandlers.Of(handler), onCompleteAsync, PendingHandler.Kind.Concurrent);

    /// <summary>Stores nothing; calls the handler after those of all events persisted before, at once when there are none.</summary>
    public void DeferAsync<TEvent>(TEvent evt, Action<TEvent> handler)
        where TEvent : notnull => Defer(evt, PersistHandlers.Of(handler));

    public void DeferAsync<TEvent>(TEvent evt, Func<TEvent, Task> handler)
        where TEvent : notnull => Defer(evt, PersistHandlers.Of(handler));

    /// <summary>Answered by <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/> as a command.</summary>
    public void DeleteMessages(long toSequenceNr) => Journal.Tell(new DeleteMessagesTo(PersistenceId, toSequenceNr, Self), Self);

    /// <summary>Answered by <see cref="LoadSnapshotResult"/> or <see cref="LoadSnapshotFailed"/>. The recovery does it by itself.</summary>
    public void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr) =>
        SnapshotStore.Tell(new LoadSnapshot(persistenceId, criteria, toSequenceNr), Self);

    /// <summary>Answered by <see cref="SaveSnapshotSuccess"/> or <see cref="SaveSnapshotFailure"/> as a command. No event is deleted.</summary>
    /// <param name="snapshot">Kept as it is, so nobody may change it any more.</param>
    public void SaveSnapshot(object snapshot) =>
        SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(SnapshotterId, SnapshotSequenceNr, Now.UtcDateTime), snapshot), Self);

    /// <summary>Answered by <see cref="DeleteSnapshotSuccess"/> or <see cref="DeleteSnapshotFailure"/> as a command.</summary>
    public void DeleteSnapshot(long sequenceNr) =>
        SnapshotStore.Tell(new DeleteSnapshot(new SnapshotMetadata(SnapshotterId, sequenceNr, DateTime.MinValue)), Self);

    /// <summary>Answered by <see cref="DeleteSnapshotsSuccess"/> or <see cref="DeleteSnapshotsFailure"/> as a command.</summary>
    public void DeleteSnapshots(SnapshotSelectionCriteria criteria) => SnapshotStore.Tell(new DeleteSnapshots(SnapshotterId, criteria), Self);

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
        switch (message)
        {
            case RecoveryCompleted:
                break;
            case DeleteMessagesFailure failure:
                Log.Warning(failure.Cause, "Failed to delete messages up to {0} for persistenceId [{1}].", failure.ToSequenceNr, PersistenceId);
                break;
            case SaveSnapshotFailure failure:
                Log.Warning(failure.Cause, "Failed to save a snapshot at {0} for persistenceId [{1}].", failure.Metadata.SequenceNr, PersistenceId);
                break;
            case DeleteSnapshotFailure failure:
                Log.Warning(failure.Cause, "Failed to delete the snapshot at {0} of persistenceId [{1}].", failure.Metadata.SequenceNr, PersistenceId);
                break;
            case DeleteSnapshotsFailure failure:
                Log.Warning(failure.Cause, "Failed to delete the snapshots {0} of persistenceId [{1}].", failure.Criteria, PersistenceId);
                break;
            default:
                base.Unhandled(message);
                break;
        }
    }

    public override void AroundPreStart()
    {
        BeginRecovery();
        base.AroundPreStart();
    }

    public override void AroundPostRestart(Exception cause, object? message)
    {
        BeginRecovery();
        base.AroundPostRestart(cause, message);
    }

    public override void AroundPreRestart(Exception cause, object? message)
    {
        _recovery.Stop();
        base.AroundPreRestart(cause, message);
    }

    public override void AroundPostStop()
    {
        _recovery.Stop();
        base.AroundPostStop();
    }

    protected override bool AroundReceive(Receive receive, object message)
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
            default:
                return _recovery.Handle(message) || Command(receive, message);
        }

        return true;
    }

    internal override void AfterAsync() => Settle();

    internal override bool CannotWait(object message) =>
        message is IJournalResponse or LoadSnapshotResult or LoadSnapshotFailed || base.CannotWait(message);

    internal void OfferSnapshot(SelectedSnapshot snapshot)
    {
        LastSequenceNr = snapshot.Metadata.SequenceNr;
        Recall(new SnapshotOffer(snapshot.Metadata, snapshot.Snapshot));
    }

    internal void Replay(IPersistentRepresentation replayed)
    {
        Cell.Current = new Envelope(replayed.Payload, replayed.Sender);
        LastSequenceNr = Math.Max(LastSequenceNr, replayed.SequenceNr);
        Recall(replayed.Payload);
    }

    internal void Recovered(long highest)
    {
        OnReplaySuccess();
        LastSequenceNr = Math.Max(highest, LastSequenceNr);
        _sequenceNr = LastSequenceNr;
        try
        {
            Recall(RecoveryCompleted.Instance);
        }
        finally
        {
            if (!Cell.IsAwaiting)
                Settle();
        }
    }

    internal void RecoveryFailed(Exception reason, object? message)
    {
        _ended = true;
        try
        {
            OnRecoveryFailure(reason, message);
        }
        finally
        {
            Cell.Stop(Self);
        }
    }

    protected void RunTask(Func<Task> action) => RunAsync(action);

    private DateTimeOffset Now => Cell.System.Time.GetUtcNow();

    private bool IsMine(int instanceId) => instanceId == _instanceId && !_ended;

    private void WriteAll<TEvent>(IEnumerable<TEvent> events, Func<object, Task> handler, Func<Task> onComplete, PendingHandler.Kind kind)
        where TEvent : notnull
    {
        object[] all = [.. events];
        if (all.Length == 0)
            RunAsync(onComplete);
        else
            Write(all, handler.Then(all.Length, onComplete), kind);
    }

    private void Write(object[] events, Func<object, Task> handler, PendingHandler.Kind kind)
    {
        if (IsRecovering)
            throw new InvalidOperationException($"Cannot persist during replay ({PersistenceId}). Events can be persisted from commands and after RecoveryCompleted.");

        if (events.Length == 0)
            return;

        var sender = Cell.Current.Sender;
        var written = ImmutableArray.CreateBuilder<IPersistentRepresentation>(events.Length);
        var now = Now.UtcTicks;
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
        if (IsRecovering)
            throw new InvalidOperationException($"Cannot defer during replay ({PersistenceId}).");

        var deferred = new PendingHandler(@event, handler, PendingHandler.Kind.Deferred, Cell.Current.Sender);
        if (_pending.Count == 0)
            Run(deferred, @event);
        else
            _pending.Enqueue(deferred);
    }

    private bool Command(Receive receive, object message)
    {
        try
        {
            return base.AroundReceive(receive, message);
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
        if (_stashing == 0 && !IsRecovering)
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

        _recovery.Begin();
    }

    private void Recall(object past)
    {
        if (!ReceiveRecover(past))
            Unhandled(past);
    }
}
