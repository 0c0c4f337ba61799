using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Hosting;

namespace Trigger.Lab.TestKit;

/// <summary>
/// Whoever tells an actor runs it, before the telling returns: what a test has told is done in the test's next line. An actor that is at work already finds the
/// message when it has finished the one in hand, on the thread that it is at work on.
/// </summary>
public sealed class CallingThreadDispatcher : ActorDispatcher
{
    /// <summary>For <see cref="Props.WithDispatcher"/>, in a system that a kit was made for.</summary>
    public const string Id = "akka.test.calling-thread-dispatcher";

    // Nothing is put by on it: what an actor here wakes elsewhere must not wait for the test's thread, which may be about to block for it.
    private readonly Lane lane = new();

    internal static ActorDispatcher In(ActorSystem system)
    {
        if (!system.FurtherDispatchers.TryGetValue(Id, out var own))
            system.FurtherDispatchers = system.FurtherDispatchers.Add(Id, own = new CallingThreadDispatcher());
        return own;
    }

    // One turn takes all there is. Left over, it would be told again at the turn's end, one level deeper each time.
    internal override int Turn(int throughput) => int.MaxValue;

    public override void Schedule(IThreadPoolWorkItem work, bool preferLocal)
    {
        var (cell, running) = (AmbientCell.Current, AmbientCell.Lane);
        AmbientCell.Lane = null;
        try
        {
            if (work is Mailbox mailbox)
                mailbox.Run(lane);
            else
                work.Execute();
        }
        finally
        {
            (AmbientCell.Current, AmbientCell.Lane) = (cell, running);
        }
    }
}
