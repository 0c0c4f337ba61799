using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Hosting;

internal sealed class ThreadPoolDispatcher : ActorDispatcher
{
    public override void Schedule(IThreadPoolWorkItem work, bool preferLocal)
    {
        if (!preferLocal || work is not Mailbox mailbox || Lane.Running is not { } lane || !lane.TryPutBy(mailbox))
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal);
    }
}
