namespace Trigger.Kernel.Persistence;

public class MaxUnconfirmedMessagesExceededException : Exception
{
    public MaxUnconfirmedMessagesExceededException(string message)
        : base(message)
    {
    }
}
