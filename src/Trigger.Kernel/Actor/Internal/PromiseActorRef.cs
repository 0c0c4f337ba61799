using Trigger.Kernel.Event;

namespace Trigger.Kernel.Actor.Internal;

/// <summary>A reference that takes one answer. It has no cell and costs an object and a task; what comes later is a dead letter.</summary>
internal abstract class PromiseActorRef(ActorSystem system) : InternalActorRef
{
    private ActorPath? _path;

    // Most answers come without anybody asking for the name.
    public override ActorPath Path
    {
        get
        {
            if (_path is null)
            {
                var uid = system.NextUid();
                Interlocked.CompareExchange(ref _path, (system.Root / "temp").Child("$" + uid, uid), null);
            }

            return _path;
        }
    }

    internal override ActorSystem System => system;

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (!TryAnswer(message))
            system.DeadLetters.Tell(new DeadLetter(message, sender ?? system.DeadLetters, this), sender);
    }

    internal abstract void Expire(string why);

    protected abstract bool TryAnswer(object message);
}
