using System.Collections.Immutable;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Persistence.Journal;

namespace Trigger.Storage;

/// <summary>
/// The kernel's journal on SQLite. Writes of many actors arrive in one batch and become one transaction, so a commit's wait for the disk is shared.
/// </summary>
public sealed class SqliteJournal(SqliteStore store, EventCodec codec) : AsyncWriteJournal
{
    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback) =>
        Task.Run(() => store.Replay(persistenceId, fromSequenceNr, toSequenceNr, max, (seq, type, body) => recoveryCallback(new Persistent(codec.Read(type, body), seq, persistenceId))));

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) => Task.Run(() => store.Highest(persistenceId));

    protected override Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages) => Task.Run(() =>
    {
        var batch = new List<(string, long, StoredEvent)>();
        var rejected = ImmutableList.CreateBuilder<Exception?>();
        foreach (var write in messages)
            rejected.Add(Encode(write, batch));

        if (batch.Count > 0)
            store.Write(batch);
        return (IImmutableList<Exception?>?)rejected.ToImmutable();
    });

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) => Task.Run(() => store.Delete(persistenceId, toSequenceNr));

    // An event that cannot be written down is its own actor's trouble; the rest of the batch goes on.
    private Exception? Encode(AtomicWrite write, List<(string, long, StoredEvent)> batch)
    {
        var from = batch.Count;
        try
        {
            foreach (var message in (IEnumerable<IPersistentRepresentation>)write.Payload)
                batch.Add((message.PersistenceId, message.SequenceNr, codec.Write(message.Payload)));
            return null;
        }
        catch (Exception unwritable) when (unwritable is NotSupportedException or System.Text.Json.JsonException)
        {
            batch.RemoveRange(from, batch.Count - from);
            return unwritable;
        }
    }
}
