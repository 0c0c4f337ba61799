using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Persistence.Snapshot;

/// <summary>
/// A snapshot plug-in. The base class speaks the protocol; a plug-in reads and writes. Its methods are called in the order of
/// the requests and in the store's own turn, so they must not block; what they await may overlap.
/// </summary>
public abstract class SnapshotStore : ActorBase
{
    /// <summary>The newest snapshot within the criteria, null when there is none. A failure stops the recovering actor.</summary>
    protected abstract Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Saves a snapshot, in place of one with the same sequence number.</summary>
    protected abstract Task SaveAsync(SnapshotMetadata metadata, object snapshot);

    /// <param name="metadata">A timestamp of <see cref="DateTime.MinValue"/> stands for any.</param>
    protected abstract Task DeleteAsync(SnapshotMetadata metadata);

    protected abstract Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Messages of the plug-in's own; false when it is none.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    protected sealed override bool Receive(object message)
    {
        switch (message)
        {
            case LoadSnapshot load:
                // Ahead of the queue: a recovering actor's queue is held.
                Answer(() => Load(load), result => result, cause => new LoadSnapshotFailed(cause), ahead: true);
                return true;
            case SaveSnapshot save:
                var metadata = save.Metadata with { Timestamp = Context.System.Scheduler.Now.UtcDateTime };
                Answer(() => Done(SaveAsync(metadata, save.Snapshot)), _ => new SaveSnapshotSuccess(metadata), cause => new SaveSnapshotFailure(metadata, cause));
                return true;
            case DeleteSnapshot delete:
                Answer(() => Done(DeleteAsync(delete.Metadata)), _ => new DeleteSnapshotSuccess(delete.Metadata), cause => new DeleteSnapshotFailure(delete.Metadata, cause));
                return true;
            case DeleteSnapshots delete:
                Answer(
                    () => Done(DeleteAsync(delete.PersistenceId, delete.Criteria)),
                    _ => new DeleteSnapshotsSuccess(delete.Criteria),
                    cause => new DeleteSnapshotsFailure(delete.Criteria, cause));
                return true;
            default:
                return ReceivePluginInternal(message);
        }
    }

    private async Task<object> Load(LoadSnapshot load)
    {
        var found = load.Criteria == SnapshotSelectionCriteria.None
            ? null
            : await LoadAsync(load.PersistenceId, load.Criteria.Limit(load.ToSequenceNr)).ConfigureAwait(false);
        return new LoadSnapshotResult(found, load.ToSequenceNr);
    }

    private static async Task<object> Done(Task task)
    {
        await task.ConfigureAwait(false);
        return Kernel.Done.Instance;
    }

    // Never fails, so nobody needs to wait for it.
    private void Answer(Func<Task<object>> work, Func<object, object> success, Func<Exception, object> failure, bool ahead = false) =>
        _ = Answer(Sender, Self, work, success, failure, ahead);

    private static async Task Answer(IActorRef asker, IActorRef self, Func<Task<object>> work, Func<object, object> success, Func<Exception, object> failure, bool ahead)
    {
        object answer;
        try
        {
            answer = success(await work().ConfigureAwait(false));
        }
        catch (Exception cause)
        {
            answer = failure(cause);
        }

        if (ahead)
            asker.Signal(answer, self);
        else
            asker.Tell(answer, self);
    }
}
