namespace Trigger.Kernel.Hosting;

/// <summary>Where mailboxes get their turns. Ours alone: replace it to run a system on one seeded thread.</summary>
public abstract class ActorDispatcher
{
    /// <summary>Runs the work once, soon, on any thread; never inside this call.</summary>
    /// <param name="preferLocal">A hint that the work belongs to what the calling thread is doing.</param>
    public abstract void Schedule(IThreadPoolWorkItem work, bool preferLocal);
}
