namespace Trigger.Kernel.Persistence;

public interface IPersistenceRecovery
{
    /// <summary>From where and how far to recover.</summary>
    Recovery Recovery { get; }
}
