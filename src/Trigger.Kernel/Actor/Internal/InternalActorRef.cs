namespace Trigger.Kernel.Actor.Internal;

/// <summary>What the kernel's own references can do beside being told things.</summary>
internal abstract class InternalActorRef : ActorRefBase
{
    internal abstract ActorSystem? System { get; }

    internal virtual void SendSystem(SystemMessage message)
    {
        // A reference without a cell has nobody to start, stop or restart; only a watch deserves an answer.
        if (message is SystemMessage.Watch watch)
            watch.Watcher.SendSystem(new SystemMessage.DeathWatchNotification(this, existenceConfirmed: false));
    }

    internal virtual void Stop()
    {
    }
}
