using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends the message and completes when the actor has stopped; its name is free then.</summary>
    /// <exception cref="TaskCanceledException">It did not stop in time.</exception>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        if (target.AsInternal() is not { System: { } system } actor)
            return true;

        var promise = new StopPromise(system);
        actor.SendSystem(new SystemMessage.Watch(promise));
        target.Tell(stopMessage, ActorRefs.NoSender);
        var timer = system.TimerQueue.AddExpiry(timeout, promise, target, stopMessage.GetType());
        try
        {
            return await promise.Stopped.ConfigureAwait(false);
        }
        finally
        {
            timer.Cancel();
            actor.SendSystem(new SystemMessage.Unwatch(promise));
        }
    }
}
