namespace Trigger.Kernel.Persistence;

/// <summary>A persistent actor with one method for its past and one for its present.</summary>
public abstract class PersistentActor : Eventsourced
{
    protected PersistentActor()
    {
    }
}
