namespace Trigger.Kernel.Actor.Internal;

/// <summary>Watches one actor from outside of actors.</summary>
internal sealed class StopPromise(ActorSystem system) : PromiseActorRef(system)
{
    private readonly TaskCompletionSource<bool> _stopped = new(system.Dispatcher.Promises);

    internal Task<bool> Stopped => _stopped.Task;

    internal override void SendSystem(SystemMessage message)
    {
        if (message is SystemMessage.DeathWatchNotification)
            _stopped.TrySetResult(true);
        else
            base.SendSystem(message);
    }

    internal override void Expire(string why) => _stopped.TrySetCanceled();

    protected override bool TryAnswer(object message) => false;
}
