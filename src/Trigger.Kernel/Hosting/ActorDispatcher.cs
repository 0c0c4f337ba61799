namespace Trigger.Kernel.Hosting;

/// <summary>Where mailboxes get their turns. Ours alone: replace it to run a system on one seeded thread.</summary>
public abstract class ActorDispatcher
{
    /// <summary>How many messages an actor may process in one turn, of those the settings allow.</summary>
    internal virtual int Turn(int throughput) => throughput;

    /// <summary>How promises to the outside are completed. On a pool thread of its own, unless a simulation owns every thread there is.</summary>
    internal virtual TaskCreationOptions Promises => TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>Runs the work once, soon, on any thread; never inside this call, unless all that the calling thread has in hand may wait for it.</summary>
    /// <param name="preferLocal">A hint that the work belongs to what the calling thread is doing.</param>
    public abstract void Schedule(IThreadPoolWorkItem work, bool preferLocal);

    /// <summary>Begins work that may block, such as a plug-in's reading, outside of any actor's turn.</summary>
    internal virtual void RunInBackground(Func<Task> work) => Task.Run(work);
}
