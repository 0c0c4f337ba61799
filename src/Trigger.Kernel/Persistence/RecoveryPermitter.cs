using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Persistence;

/// <summary>Lets so many actors recover at once, in the order they asked, so that a node coming up does not drown its journal.</summary>
internal sealed class RecoveryPermitter(int permits) : UntypedActor
{
    private readonly LinkedList<IActorRef> _waiting = new();
    private readonly HashSet<IActorRef> _recovering = [];

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RequestRecoveryPermit:
                // A restarted actor asks again; the permit of its last attempt is still its own.
                Context.Watch(Sender);
                if (_recovering.Contains(Sender))
                    Sender.Signal(RecoveryPermitGranted.Instance, Self);
                else if (!_waiting.Contains(Sender))
                    _waiting.AddLast(Sender);
                break;
            case ReturnRecoveryPermit:
                Context.Unwatch(Sender);
                _recovering.Remove(Sender);
                break;
            case Terminated gone:
                _recovering.Remove(gone.ActorRef);
                _waiting.Remove(gone.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }

        Grant();
    }

    private void Grant()
    {
        while (_recovering.Count < permits && _waiting.First is { } next)
        {
            _waiting.RemoveFirst();
            _recovering.Add(next.Value);
            next.Value.Signal(RecoveryPermitGranted.Instance, Self);
        }
    }
}
