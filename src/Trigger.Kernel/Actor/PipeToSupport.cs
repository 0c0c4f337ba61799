using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

/// <summary>Sends what a task comes to; a failure as <see cref="Status.Failure"/> unless told otherwise.</summary>
public static class PipeToSupport
{
    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object?>? success = null, Func<Exception, object?>? failure = null)
    {
        sender ??= AmbientCell.Current?.Self;
        return Pipe(taskToPipe, recipient, sender, success, failure);
    }

    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object?>? success = null, Func<Exception, object?>? failure = null)
    {
        sender ??= AmbientCell.Current?.Self;
        return Pipe(taskToPipe, recipient, sender, success, failure);
    }

    public static Task PipeTo<T>(this ValueTask<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object?>? success = null, Func<Exception, object?>? failure = null) =>
        taskToPipe.AsTask().PipeTo(recipient, sender, success, failure);

    public static Task PipeTo(this ValueTask taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object?>? success = null, Func<Exception, object?>? failure = null) =>
        taskToPipe.AsTask().PipeTo(recipient, sender, success, failure);

    /// <param name="useConfigureAwait">Without effect: nothing here depends on the context.</param>
    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<T, object?>? success = null, Func<Exception, object?>? failure = null) =>
        taskToPipe.PipeTo(recipient, sender, success, failure);

    /// <param name="useConfigureAwait">Without effect: nothing here depends on the context.</param>
    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<object?>? success = null, Func<Exception, object?>? failure = null) =>
        taskToPipe.PipeTo(recipient, sender, success, failure);

    private static async Task Pipe<T>(Task<T> task, ICanTell recipient, IActorRef? sender, Func<T, object?>? success, Func<Exception, object?>? failure)
    {
        object? outcome;
        try
        {
            var result = await task.ConfigureAwait(false);
            outcome = success is null ? result : success(result);
        }
        catch (Exception cause)
        {
            outcome = failure is null ? new Status.Failure(cause) : failure(cause);
        }

        if (outcome is not null)
            recipient.Tell(outcome, sender);
    }

    private static async Task Pipe(Task task, ICanTell recipient, IActorRef? sender, Func<object?>? success, Func<Exception, object?>? failure)
    {
        object? outcome;
        try
        {
            await task.ConfigureAwait(false);
            outcome = success?.Invoke();
        }
        catch (Exception cause)
        {
            outcome = failure is null ? new Status.Failure(cause) : failure(cause);
        }

        if (outcome is not null)
            recipient.Tell(outcome, sender);
    }
}
