using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Persistence.Journal;

namespace Trigger.Tests.Kernel;

/// <summary>A journal whose replays wait for a test before each event and at their end, and whose writes end when a test says.</summary>
public sealed class SteppedJournal(SteppedJournal.Desk desk) : AsyncWriteJournal
{
    protected override int WritesInFlight => 2;

    protected override int MaxGroupSize => 2;

    public override async Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        desk.Notes.Enqueue($"replay {persistenceId} {fromSequenceNr}-{toSequenceNr} at most {(max == long.MaxValue ? "all" : max)}");
        while (await desk.Events.Reader.WaitToReadAsync())
        {
            if (desk.Events.Reader.TryRead(out var stored))
                recoveryCallback(stored);
        }
    }

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr)
    {
        desk.Notes.Enqueue($"highest {persistenceId} from {fromSequenceNr}");
        return Task.FromResult(desk.Highest);
    }

    protected override Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var call = new GatedJournal.Call([.. messages]);
        desk.Writes.Writer.TryWrite(call);
        return call.End.Task;
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) => Task.CompletedTask;

    /// <summary>What a test sees and says.</summary>
    public sealed class Desk
    {
        public ConcurrentQueue<string> Notes { get; } = new();

        public Channel<IPersistentRepresentation> Events { get; } = Channel.CreateUnbounded<IPersistentRepresentation>(new UnboundedChannelOptions { AllowSynchronousContinuations = false });

        public Channel<GatedJournal.Call> Writes { get; } = Channel.CreateUnbounded<GatedJournal.Call>();

        public long Highest { get; set; }
    }
}
