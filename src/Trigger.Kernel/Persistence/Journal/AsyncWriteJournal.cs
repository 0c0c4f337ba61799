using System.Collections.Immutable;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;

namespace Trigger.Kernel.Persistence.Journal;

/// <summary>
/// A journal plug-in. The base class speaks the journal protocol; a plug-in reads and writes.
/// <para>Writes are committed in groups: while <see cref="WritesInFlight"/> calls of <see cref="WriteMessagesAsync"/> run, what other actors
/// persist gathers, and the next call gets all of it, up to <see cref="MaxGroupSize"/>. An actor never has writes in two calls at a time. Events of
/// an actor whose writes are still under way are replayed after these, so that a restarted actor sees all it ever wrote.</para>
/// </summary>
public abstract class AsyncWriteJournal : ActorBase, IAsyncRecovery
{
    private readonly EventAdapters _adapters;
    private readonly ReplayFilterMode _filter;
    private readonly ILoggingAdapter _log;
    private readonly Queue<WriteMessages> _gathering = new();
    private readonly Dictionary<string, int> _writing = [];
    private readonly List<ReplayMessages> _heldReplays = [];
    private int _inFlight;

    protected AsyncWriteJournal()
    {
        var setup = Context.System.Setup.Get<JournalSetup>();
        _adapters = setup.HasValue ? setup.Value.EventAdapters : ConfiguredPlugin.Adapters(Context.System.Settings.Config, Context.Self.Path.Name);
        _filter = setup.HasValue ? setup.Value.ReplayFilter : ReplayFilterMode.RepairByDiscardOld;
        _log = Context.GetLogger();
    }

    /// <summary>How many calls of <see cref="WriteMessagesAsync"/> may run at once. Default 1.</summary>
    protected virtual int WritesInFlight => 1;

    /// <summary>How many atomic writes go into one call, unless a single actor's batch is larger. Default 1000.</summary>
    protected virtual int MaxGroupSize => 1000;

    /// <summary>
    /// Calls back for each event in order, both ends included, at most <paramref name="max"/>. Runs on a pool thread, for many actors at once.
    /// A failure stops the recovering actor.
    /// </summary>
    public abstract Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback);

    /// <summary>The highest number ever used, deleted events included; 0 when there was none. Runs on a pool thread, for many actors at once.</summary>
    public abstract Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);

    /// <summary>
    /// Stores the writes of several actors. Answers null or an empty list when all are stored; else one entry per write, null for a stored one and the
    /// reason for a rejected one, which then is certainly not stored. A failed task says that nothing is known: all actors of the call stop.
    /// </summary>
    protected abstract Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages);

    /// <summary>Deletes events up to a number, included. The highest number must survive.</summary>
    protected abstract Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr);

    /// <summary>Messages of the plug-in's own; false when it is none.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    protected sealed override bool Receive(object message)
    {
        switch (message)
        {
            case WriteMessages write:
                _gathering.Enqueue(write);
                Count(write, +1);
                WriteNext();
                return true;
            case GroupWritten written:
                _inFlight--;
                Finish(written);
                WriteNext();
                return true;
            case ReplayMessages replay:
                if (_writing.ContainsKey(replay.PersistenceId))
                    _heldReplays.Add(replay);
                else
                    Replay(replay, Context);
                return true;
            case DeleteMessagesTo delete:
                Delete(delete);
                return true;
            default:
                return ReceivePluginInternal(message);
        }
    }

    private void WriteNext()
    {
        while (_inFlight < Math.Max(1, WritesInFlight) && _gathering.Count > 0)
        {
            var group = TakeGroup();
            var task = Try(() => WriteMessagesAsync([.. group.SelectMany(write => write.Messages).Select(_adapters.ToJournal)]));
            if (task.IsCompleted)
            {
                Finish(new GroupWritten(group, task));
                continue;
            }

            _inFlight++;
            var self = Self;
            task.ContinueWith(
                done => self.Signal(new GroupWritten(group, done), self),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    private List<WriteMessages> TakeGroup()
    {
        var group = new List<WriteMessages>();
        var size = 0;
        while (_gathering.TryPeek(out var write) && (group.Count == 0 || size + write.Messages.Count <= MaxGroupSize))
        {
            size += write.Messages.Count;
            group.Add(_gathering.Dequeue());
        }

        return group;
    }

    private void Finish(GroupWritten written)
    {
        var (results, failure) = Outcome(written);
        var offset = 0;
        foreach (var write in written.Group)
        {
            if (failure is not null)
                AnswerFailed(write, failure);
            else
                AnswerWritten(write, results, offset);
            offset += write.Messages.Count;
            Count(write, -1);
        }

        ReleaseReplays();
    }

    private static (IImmutableList<Exception?>? Results, Exception? Failure) Outcome(GroupWritten written)
    {
        if (written.Task.IsCanceled)
            return (null, new TaskCanceledException(written.Task));

        if (written.Task.IsFaulted)
            return (null, written.Task.Exception.InnerException);

        var results = written.Task.Result;
        var expected = written.Group.Sum(write => write.Messages.Count);
        return results is { Count: > 0 } && results.Count != expected
            ? (null, new InvalidOperationException($"WriteMessagesAsync answered {results.Count} results for {expected} atomic writes."))
            : (results, null);
    }

    private static void AnswerFailed(WriteMessages write, Exception failure)
    {
        write.PersistentActor.Signal(new WriteMessagesFailed(failure, write.Messages.Count, write.ActorInstanceId), ActorRefs.NoSender);
        foreach (var @event in write.Messages.SelectMany(atomic => atomic.Payload))
            write.PersistentActor.Signal(new WriteMessageFailure(@event, failure, write.ActorInstanceId), @event.Sender);
    }

    private static void AnswerWritten(WriteMessages write, IImmutableList<Exception?>? results, int offset)
    {
        write.PersistentActor.Signal(new WriteMessagesSuccessful(write.ActorInstanceId), ActorRefs.NoSender);
        for (var i = 0; i < write.Messages.Count; i++)
        {
            var rejection = results is { Count: > 0 } ? results[offset + i] : null;
            foreach (var @event in write.Messages[i].Payload)
            {
                object answer = rejection is null
                    ? new WriteMessageSuccess(@event, write.ActorInstanceId)
                    : new WriteMessageRejected(@event, rejection, write.ActorInstanceId);
                write.PersistentActor.Signal(answer, @event.Sender);
            }
        }
    }

    private void Count(WriteMessages write, int change)
    {
        foreach (var atomic in write.Messages)
        {
            var count = _writing.GetValueOrDefault(atomic.PersistenceId) + change;
            if (count == 0)
                _writing.Remove(atomic.PersistenceId);
            else
                _writing[atomic.PersistenceId] = count;
        }
    }

    private void ReleaseReplays()
    {
        for (var i = _heldReplays.Count - 1; i >= 0; i--)
        {
            var replay = _heldReplays[i];
            if (_writing.ContainsKey(replay.PersistenceId))
                continue;

            _heldReplays.RemoveAt(i);
            Replay(replay, Context);
        }
    }

    // On the pool: a plug-in that reads synchronously must not keep the writes of others waiting.
    private void Replay(ReplayMessages replay, IActorContext context) => Cell.System.Dispatcher.RunInBackground(async () =>
    {
        var actor = replay.PersistentActor;
        try
        {
            var highest = await ReadHighestSequenceNrAsync(replay.PersistenceId, Math.Max(0, replay.FromSequenceNr - 1)).ConfigureAwait(false);
            var to = Math.Min(replay.ToSequenceNr, highest);
            if (replay.FromSequenceNr <= to && replay.Max > 0)
            {
                var filter = new ReplayFilter(_filter, @event => Send(@event, actor), finding => _log.Warning(finding));
                await ReplayMessagesAsync(context, replay.PersistenceId, replay.FromSequenceNr, to, replay.Max, filter.Replay).ConfigureAwait(false);
                filter.Flush();
            }

            actor.Signal(new RecoverySuccess(highest), ActorRefs.NoSender);
        }
        catch (Exception cause)
        {
            actor.Signal(new ReplayMessagesFailure(cause), ActorRefs.NoSender);
        }
    });

    private void Send(IPersistentRepresentation stored, IActorRef actor)
    {
        if (stored.IsDeleted)
            return;

        foreach (var @event in _adapters.FromJournal(stored))
            actor.Signal(new ReplayedMessage(@event), @event.Sender);
    }

    private void Delete(DeleteMessagesTo delete) =>
        Try(async () =>
        {
            await DeleteMessagesToAsync(delete.PersistenceId, delete.ToSequenceNr).ConfigureAwait(false);
            return true;
        }).PipeTo(
            delete.PersistentActor,
            Self,
            success: _ => new DeleteMessagesSuccess(delete.ToSequenceNr),
            failure: cause => new DeleteMessagesFailure(cause, delete.ToSequenceNr));

    private static Task<T> Try<T>(Func<Task<T>> call)
    {
        try
        {
            return call();
        }
        catch (Exception cause)
        {
            return Task.FromException<T>(cause);
        }
    }

    private sealed record GroupWritten(List<WriteMessages> Group, Task<IImmutableList<Exception?>?> Task);
}
