namespace Trigger.Kernel.Actor;

public sealed class AskTimeoutException : AkkaException
{
    public AskTimeoutException(string message)
        : base(message)
    {
    }
}
