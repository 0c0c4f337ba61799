namespace Trigger.Kernel.Actor;

public sealed class ActorKilledException : AkkaException
{
    public ActorKilledException(string message)
        : base(message)
    {
    }
}
