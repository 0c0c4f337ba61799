using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Lab.TestKit.Internal;

/// <summary>Makes a test actor the sender of what the test tells, also after its awaits, which may continue on any thread.</summary>
internal sealed class TestActorContext(LocalActorRef sender, SynchronizationContext? inner) : SynchronizationContext
{
    private SynchronizationContext? Inner => inner;

    /// <summary>From now on this thread, and what it awaits, sends as the actor.</summary>
    public static void Enter(IActorRef sender)
    {
        if (sender is not LocalActorRef local)
            return;
        AmbientCell.Current = local.Cell;
        SetSynchronizationContext(new TestActorContext(local, Current));
    }

    public static void Leave()
    {
        AmbientCell.Current = null;
        if (Current is TestActorContext context)
            SetSynchronizationContext(context.Inner);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (inner is null)
            ThreadPool.QueueUserWorkItem(_ => Run(d, state));
        else
            inner.Post(_ => Run(d, state), null);
    }

    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    public override SynchronizationContext CreateCopy() => new TestActorContext(sender, inner);

    private void Run(SendOrPostCallback d, object? state)
    {
        var (cell, context) = (AmbientCell.Current, Current);
        AmbientCell.Current = sender.Cell;
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        finally
        {
            AmbientCell.Current = cell;
            SetSynchronizationContext(context);
        }
    }
}
