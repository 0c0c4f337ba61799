namespace Trigger.Kernel.Actor;

public sealed class IllegalActorStateException : AkkaException
{
    public IllegalActorStateException(string message)
        : base(message)
    {
    }
}
