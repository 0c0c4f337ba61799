namespace Trigger.Kernel.Actor;

public sealed class InvalidMessageException : AkkaException
{
    public InvalidMessageException(string message)
        : base(message)
    {
    }
}
