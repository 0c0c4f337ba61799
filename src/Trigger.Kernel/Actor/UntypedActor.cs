using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

/// <summary>An actor with one method for all messages.</summary>
public abstract class UntypedActor : ActorBase
{
    protected static new IUntypedActorContext Context => AmbientCell.Required;

    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected abstract void OnReceive(object message);

    protected void Become(UntypedReceive receive) => Cell.Become(receive);

    protected void BecomeStacked(UntypedReceive receive) => Cell.BecomeStacked(receive);

    /// <summary>Runs a task in this actor's turn; no other message is received before it ends. Its failure is the actor's.</summary>
    protected void RunTask(Func<Task> action) => RunAsync(action);
}
