using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Pattern;

public static class FutureTimeoutSupport
{
    /// <summary>Calls after a while, on the scheduler's clock, and passes on what the call comes to.</summary>
    public static Task<T> After<T>(TimeSpan duration, IScheduler scheduler, Func<Task<T>> value)
    {
        if (duration <= TimeSpan.Zero)
            return Try(value);

        var done = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        scheduler.Advanced.ScheduleOnce(duration, () => done.TrySetResult(Try(value)));
        return done.Task.Unwrap();
    }

    internal static Task<T> Try<T>(Func<Task<T>> value)
    {
        try
        {
            return value();
        }
        catch (Exception failure)
        {
            return Task.FromException<T>(failure);
        }
    }
}
