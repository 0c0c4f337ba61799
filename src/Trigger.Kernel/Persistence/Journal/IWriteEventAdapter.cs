namespace Trigger.Kernel.Persistence.Journal;

public interface IWriteEventAdapter
{
    /// <returns>A hint for reading it back; empty when none is needed.</returns>
    string Manifest(object evt);

    /// <returns>What is stored.</returns>
    object ToJournal(object evt);
}
