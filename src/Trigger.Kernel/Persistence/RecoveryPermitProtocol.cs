namespace Trigger.Kernel.Persistence;

internal sealed record RequestRecoveryPermit
{
    internal static readonly RequestRecoveryPermit Instance = new();
}

internal sealed record RecoveryPermitGranted
{
    internal static readonly RecoveryPermitGranted Instance = new();
}

internal sealed record ReturnRecoveryPermit
{
    internal static readonly ReturnRecoveryPermit Instance = new();
}

/// <summary>Did anything arrive since the last one?</summary>
internal sealed record RecoveryTick(int ActorInstanceId);
