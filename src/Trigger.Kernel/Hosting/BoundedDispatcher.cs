using System.Collections.Concurrent;

namespace Trigger.Kernel.Hosting;

/// <summary>At most so many actors of the system run at once; the others wait in one fair queue.</summary>
internal sealed class BoundedDispatcher(int parallelism) : ActorDispatcher, IThreadPoolWorkItem
{
    // A worker gives its thread back now and then, so that others on the pool get their turn too.
    private const int TurnsPerWorker = 64;

    private readonly ConcurrentQueue<IThreadPoolWorkItem> _waiting = new();
    private int _workers;

    public override void Schedule(IThreadPoolWorkItem work, bool preferLocal)
    {
        _waiting.Enqueue(work);
        Recruit();
    }

    public void Execute()
    {
        try
        {
            for (var turn = 0; turn < TurnsPerWorker && _waiting.TryDequeue(out var work); turn++)
                work.Execute();
        }
        finally
        {
            Interlocked.Decrement(ref _workers);
        }

        if (!_waiting.IsEmpty)
            Recruit();
    }

    private void Recruit()
    {
        int workers;
        do
        {
            workers = Volatile.Read(ref _workers);
            if (workers >= parallelism)
                return;
        }
        while (Interlocked.CompareExchange(ref _workers, workers + 1, workers) != workers);

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
