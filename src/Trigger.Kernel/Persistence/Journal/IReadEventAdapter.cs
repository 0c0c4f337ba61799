namespace Trigger.Kernel.Persistence.Journal;

public interface IReadEventAdapter
{
    /// <returns>The events that the stored one stands for now: none, one or several.</returns>
    IEventSequence FromJournal(object evt, string manifest);
}
