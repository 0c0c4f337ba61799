namespace Trigger.Kernel.Actor;

public sealed class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message)
        : base(message)
    {
    }
}
