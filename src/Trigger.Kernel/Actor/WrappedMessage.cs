namespace Trigger.Kernel.Actor;

public static class WrappedMessage
{
    /// <summary>What is inside all the wrapping.</summary>
    public static object Unwrap(object message)
    {
        while (message is IWrappedMessage wrapped)
            message = wrapped.Message;
        return message;
    }
}
