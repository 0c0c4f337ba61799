using System.Collections.Immutable;
using System.Threading.Channels;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Persistence.Journal;

namespace Trigger.Tests.Kernel;

/// <summary>A journal whose writes end when, and how, a test says.</summary>
public sealed class GatedJournal(ChannelWriter<GatedJournal.Call> calls) : AsyncWriteJournal
{
    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback) => Task.CompletedTask;

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) => Task.FromResult(0L);

    protected override Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var call = new Call([.. messages]);
        calls.TryWrite(call);
        return call.End.Task;
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) => Task.CompletedTask;

    public sealed record Call(IReadOnlyList<AtomicWrite> Writes)
    {
        public TaskCompletionSource<IImmutableList<Exception?>?> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
