namespace Trigger.Kernel.Actor.Internal;

internal sealed class NobodyRef : InternalActorRef
{
    public override ActorPath Path { get; } = ActorPath.RootOf(new Address("akka", "all-systems")) / "Nobody";

    internal override ActorSystem? System => null;

    protected override void TellInternal(object message, IActorRef? sender)
    {
    }
}
