namespace Trigger.Kernel.Persistence.Journal;

public interface IEventSequence
{
    IEnumerable<object> Events { get; }
}
