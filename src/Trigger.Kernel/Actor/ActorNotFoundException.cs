namespace Trigger.Kernel.Actor;

/// <summary>A selection resolved to nobody.</summary>
public sealed class ActorNotFoundException : AkkaException
{
    public ActorNotFoundException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
