using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Persistence;

public sealed class RecoveryTimedOutException : AkkaException
{
    public RecoveryTimedOutException(string message)
        : base(message)
    {
    }
}
