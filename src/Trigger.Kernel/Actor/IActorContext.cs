namespace Trigger.Kernel.Actor;

/// <summary>The actor's own view of its place. Valid only on the actor's thread of execution.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    IActorRef Self { get; }

    Props Props { get; }

    /// <summary>Who sent the message in progress; the system's dead letters when nobody did.</summary>
    IActorRef Sender { get; }

    ActorSystem System { get; }

    IActorRef Parent { get; }

    /// <summary>The current receive timeout, null when off.</summary>
    TimeSpan? ReceiveTimeout { get; }

    /// <summary>The child of that name, or <see cref="ActorRefs.Nobody"/>.</summary>
    IActorRef Child(string name);

    IEnumerable<IActorRef> GetChildren();

    /// <summary>Replaces the behaviour on top.</summary>
    void Become(Receive receive);

    /// <summary>Puts a behaviour on top of the present one.</summary>
    void BecomeStacked(Receive receive);

    /// <summary>Takes the top behaviour away; the initial one stays for ever.</summary>
    void UnbecomeStacked();

    /// <summary>Sends <see cref="Actor.ReceiveTimeout"/> whenever no message came for so long; null switches it off.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops a child, or oneself, after the message in progress; what is still queued becomes dead letters.</summary>
    void Stop(IActorRef child);
}
