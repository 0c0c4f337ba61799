namespace Trigger.Kernel.Actor;

public sealed class StashOverflowException : AkkaException
{
    public StashOverflowException(string message)
        : base(message)
    {
    }
}
