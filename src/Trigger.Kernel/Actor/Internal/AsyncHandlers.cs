namespace Trigger.Kernel.Actor.Internal;

/// <summary>The asynchronous handlers of a cell. While one is under way nothing but system messages is processed.</summary>
internal sealed class AsyncHandlers(ActorCell cell)
{
    private AsyncOperation? _spare;
    private int _generation;
    private int _pending;

    internal bool IsAwaiting => _pending > 0;

    internal void Run(Func<Task> handler)
    {
        var operation = _spare ?? new AsyncOperation(cell, _generation);
        _spare = null;
        operation.Envelope = cell.Current;

        var task = Within(operation, handler);
        if (task.IsCompleted)
        {
            // Most handlers end without waiting; their context can serve the next.
            operation.Envelope = default;
            _spare = operation;
            task.GetAwaiter().GetResult();
            return;
        }

        _pending++;
        task.ContinueWith(
            static (done, state) => ((AsyncOperation)state!).Complete(done),
            operation,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    internal void Run(SystemMessage.Continue rest)
    {
        var before = cell.Current;
        cell.Current = rest.Operation.Envelope;
        try
        {
            Within(rest.Operation, () =>
            {
                rest.Callback(rest.State);
                return Task.CompletedTask;
            });
        }
        finally
        {
            cell.Current = before;
        }
    }

    internal void Complete(SystemMessage.AsyncCompleted completed)
    {
        if (completed.Operation.Generation != _generation)
            return;

        _pending--;
        cell.Current = completed.Operation.Envelope;
        cell.Actor?.AfterAsync();
        if (completed.Failure is not null)
        {
            cell.Faults.HandleInvokeFailure(completed.Failure);
            return;
        }

        cell.TimersIfAny?.Touch();
        if (!IsAwaiting)
            cell.Current = default;
    }

    /// <summary>The instance whose handlers these are is gone; they run to their end, and nobody waits for them.</summary>
    internal void Abandon()
    {
        _generation++;
        _pending = 0;
        _spare = null;
    }

    internal static void RunDetached(SystemMessage.Continue rest) =>
        ThreadPool.UnsafeQueueUserWorkItem(static r => r.Callback(r.State), rest, preferLocal: false);

    private static Task Within(AsyncOperation operation, Func<Task> handler)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(operation);
        try
        {
            return handler();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
