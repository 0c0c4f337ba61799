namespace Trigger.Kernel.Actor.Internal;

/// <summary>One asynchronous handler under way: what follows each of its awaits comes back into its actor's turn.</summary>
internal sealed class AsyncOperation(ActorCell cell, int generation) : SynchronizationContext
{
    internal Envelope Envelope { get; set; }

    internal int Generation { get; } = generation;

    public override void Post(SendOrPostCallback d, object? state) => cell.LocalSelf.SendSystem(new SystemMessage.Continue(d, state, this));

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!ReferenceEquals(AmbientCell.Current, cell))
            throw new NotSupportedException($"{cell.Self.Path} cannot be called synchronously from another thread.");

        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    internal void Complete(Task task)
    {
        var failure = task.IsFaulted ? task.Exception.InnerException : task.IsCanceled ? new TaskCanceledException(task) : null;
        cell.LocalSelf.SendSystem(new SystemMessage.AsyncCompleted(this, failure));
    }
}
