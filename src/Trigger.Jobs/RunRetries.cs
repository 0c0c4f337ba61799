using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>When a device is tried again. Never after anything that may have changed it, after a refused login, or after what trying again would not mend.</summary>
public static class RunRetries
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static bool May(RunState run, int device, DeviceFault fault) =>
        fault.WorthRetrying && run.Spec!.Policy is { } policy && run[device] is { Doubtful: false, InWorkMode: true } progress
        && progress.Next < run.StepsOf(device) && progress.Retries < policy.Retries && !ChangeCourse.HasEntered(run, device);

    /// <summary>How long to wait before the next attempt: twice as long each time, ten minutes at most.</summary>
    /// <param name="retries">How many there have been.</param>
    public static TimeSpan Wait(RunPolicy policy, int retries)
    {
        var first = policy.RetryWait ?? Usual;
        return first >= Longest ? first : TimeSpan.FromTicks(Math.Min(Longest.Ticks, first.Ticks << Math.Min(retries, 30)));
    }
}
