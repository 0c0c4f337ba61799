namespace Trigger.Kernel.Actor.Internal;

/// <summary>The parent of the guardians: it judges their failures and notices their ends.</summary>
internal sealed class RootSupervisor(ActorSystem system, ActorPath path) : InternalActorRef
{
    public override ActorPath Path => path;

    internal override ActorSystem System => system;

    internal override void SendSystem(SystemMessage message)
    {
        switch (message)
        {
            case SystemMessage.Failed failed:
                system.LogFailure(failed.Child, null, failed.Cause, $"{failed.Child.Path} failed; the system ends");
                system.Terminate();
                break;
            case SystemMessage.DeathWatchNotification notice:
                system.GuardianStopped(notice.Actor);
                break;
            default:
                base.SendSystem(message);
                break;
        }
    }

    protected override void TellInternal(object message, IActorRef? sender) => system.DeadLetters.Tell(message, sender);
}
