namespace Trigger.Wire.Netconf.Engine;

/// <summary>
/// How many requests may be under way. Who waits here has sent nothing yet, and who gives up waiting never will: a request must not go out after its caller was told that it failed.
/// </summary>
internal sealed class CallRoom(int places)
{
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> waiters = new();
    private int free = places;
    private bool closed;

    internal ValueTask Enter(TimeSpan limit, TimeProvider time, CancellationToken cancel)
    {
        TaskCompletionSource waiter;
        lock (gate)
        {
            if (closed || free > 0)
            {
                free--;
                return ValueTask.CompletedTask;
            }

            waiters.Enqueue(waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        return new ValueTask(Wait(waiter, limit, time, cancel));
    }

    internal void Leave()
    {
        lock (gate)
        {
            while (waiters.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                    return;
            }

            free++;
        }
    }

    /// <summary>Lets everybody in: the session is over, and they will find that out.</summary>
    internal void Close()
    {
        lock (gate)
        {
            closed = true;
            while (waiters.TryDequeue(out var next))
                next.TrySetResult();
        }
    }

    private async Task Wait(TaskCompletionSource waiter, TimeSpan limit, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            await waiter.Task.WaitAsync(limit, time, cancel).ConfigureAwait(false);
        }
        catch
        {
            // Let in at the moment of giving up: the place is passed on.
            if (!waiter.TrySetCanceled(CancellationToken.None))
                Leave();

            throw;
        }
    }
}
