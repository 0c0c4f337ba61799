namespace Trigger.Kernel.Persistence.Journal;

/// <summary>Stands between what an actor means and what a journal stores, in both directions.</summary>
public interface IEventAdapter : IReadEventAdapter, IWriteEventAdapter;
