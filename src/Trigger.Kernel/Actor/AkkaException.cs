namespace Trigger.Kernel.Actor;

/// <summary>Base of what the kernel itself throws.</summary>
public abstract class AkkaException : Exception
{
    protected AkkaException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
