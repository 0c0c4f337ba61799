namespace Trigger.Kernel.Persistence;

/// <summary>The last message of a recovery; commands follow.</summary>
public sealed class RecoveryCompleted
{
    public static readonly RecoveryCompleted Instance = new();

    private RecoveryCompleted()
    {
    }

    public override string ToString() => "<RecoveryCompleted>";
}
