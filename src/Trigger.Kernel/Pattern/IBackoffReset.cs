namespace Trigger.Kernel.Pattern;

/// <summary>When a backoff begins anew: by itself after a while, or when it is told so.</summary>
public interface IBackoffReset;

/// <summary>When the child has lived for so long without a restart.</summary>
public sealed record AutoReset(TimeSpan ResetBackoff) : IBackoffReset;

/// <summary>When somebody sends <see cref="BackoffSupervisor.Reset"/>.</summary>
public sealed record ManualReset : IBackoffReset
{
    public static readonly ManualReset Instance = new();
}
