using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Pattern;

public class IllegalStateException : AkkaException
{
    public IllegalStateException(string message)
        : base(message)
    {
    }

    public IllegalStateException(string message, Exception? innerEx)
        : base(message, innerEx)
    {
    }
}
