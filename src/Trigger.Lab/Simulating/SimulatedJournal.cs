using System.Collections.Immutable;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Persistence.Journal;

namespace Trigger.Lab.Simulating;

/// <summary>A journal in memory that fails the way real ones do, when the seed says so.</summary>
internal sealed class SimulatedJournal(Func<JournalFaults> plan, MemoryEvents events, Random random, TimeProvider time) : AsyncWriteJournal
{
    protected override int WritesInFlight => plan().WritesInFlight;

    public override async Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        await Slowly();
        if (Chance(plan().ReplayFails))
            throw new SimulatedFaultException("the replay");
        foreach (var @event in events.Between(persistenceId, fromSequenceNr, toSequenceNr, max))
            recoveryCallback(@event);
    }

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr)
    {
        await Slowly();
        return events.Highest(persistenceId);
    }

    protected override async Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        await Slowly();
        if (Chance(plan().WriteFails))
            throw new SimulatedFaultException("the write, before it was stored");
        ImmutableList<Exception?> results = [.. messages.Select(_ => Chance(plan().WriteRejected) ? new SimulatedFaultException("the write, which was rejected") : null)];
        events.Append(messages.Where((_, i) => results[i] is null));
        await Slowly();
        return Chance(plan().ConfirmationLost) ? throw new SimulatedFaultException("the confirmation, after the write was stored") : results;
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        events.DeleteTo(persistenceId, toSequenceNr);
        return Task.CompletedTask;
    }

    // The clock's timers ring on the simulation's thread, and so does what awaits them.
    private Task Slowly() => Chance(plan().Slow) ? Task.Delay(plan().MaxDelay * random.NextDouble(), time) : Task.CompletedTask;

    private bool Chance(double odds) => odds > 0 && random.NextDouble() < odds;
}
