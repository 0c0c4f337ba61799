namespace Trigger.Kernel.Actor;

/// <summary>Things to be sent later, on the clock of the system.</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    IAdvancedScheduler Advanced { get; }
}
