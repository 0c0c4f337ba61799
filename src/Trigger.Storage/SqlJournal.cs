using System.Collections.Immutable;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Persistence.Journal;

namespace Trigger.Storage;

/// <summary>
/// The kernel's journal in a database. Writes of many actors arrive in one batch and become one transaction, so a commit's wait for the disk, or for the server, is shared.
/// </summary>
/// <param name="fenceOf">
/// What the writer of a stream must still own; null for streams that are nobody's but ours. Asked for every writing. An actor whose fence is down has its events rejected with a
/// <see cref="FencedException"/>, and should stop; what others wrote in the same batch is kept.
/// </param>
public sealed class SqlJournal(Database database, EventCodec codec, Func<string, ShardFence?>? fenceOf = null) : AsyncWriteJournal
{
    private readonly EventLog log = database.Events;

    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback) =>
        log.Replay(persistenceId, fromSequenceNr, toSequenceNr, max, (seq, type, body) => recoveryCallback(new Persistent(codec.Read(type, body), seq, persistenceId)));

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) => log.Highest(persistenceId);

    // Encoded on a thread of the pool, so that the journal's own goes on gathering.
    protected override Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages) => Task.Run(async () =>
    {
        var writes = messages.Select(Encode).ToArray();
        while (true)
        {
            var batch = writes.SelectMany(write => write.Events).ToList();
            try
            {
                if (batch.Count > 0)
                    await log.Write(new StoredBatch(batch, [.. writes.Select(write => write.Fence).OfType<ShardFence>().Distinct()])).ConfigureAwait(false);
                return (IImmutableList<Exception?>?)[.. writes.Select(write => write.Rejected)];
            }
            catch (FencedException fenced)
            {
                // Each time at least one fewer, so this ends.
                writes = [.. writes.Select(write => write.Fence is { } fence && fenced.Stale.Contains(fence) ? new Encoded([], null, fenced) : write)];
            }
        }
    });

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) => log.Delete(persistenceId, toSequenceNr);

    // An event that cannot be written down is its own actor's trouble; the rest of the batch goes on.
    private Encoded Encode(AtomicWrite write)
    {
        try
        {
            return new Encoded(
                [.. ((IEnumerable<IPersistentRepresentation>)write.Payload).Select(message => (message.PersistenceId, message.SequenceNr, codec.Write(message.Payload)))],
                fenceOf?.Invoke(write.PersistenceId),
                Rejected: null);
        }
        catch (Exception unwritable) when (unwritable is NotSupportedException or System.Text.Json.JsonException)
        {
            return new Encoded([], null, unwritable);
        }
    }

    private sealed record Encoded(IReadOnlyList<(string Stream, long Seq, StoredEvent Event)> Events, ShardFence? Fence, Exception? Rejected);
}
