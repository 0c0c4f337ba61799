namespace Trigger.Kernel.Hosting;

internal sealed class ThreadPoolDispatcher : ActorDispatcher
{
    public override void Schedule(IThreadPoolWorkItem work, bool preferLocal) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal);
}
