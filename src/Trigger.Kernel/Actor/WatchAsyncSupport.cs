using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

public static class WatchAsyncSupport
{
    /// <summary>Waits, outside of actors, for an actor's end.</summary>
    /// <returns>True when it has stopped, false when the token was cancelled first.</returns>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        if (target.AsInternal() is not { System: { } system } actor)
            return true;

        var promise = new StopPromise(system);
        actor.SendSystem(new SystemMessage.Watch(promise));
        try
        {
            return await promise.Stopped.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            actor.SendSystem(new SystemMessage.Unwatch(promise));
        }
    }
}
