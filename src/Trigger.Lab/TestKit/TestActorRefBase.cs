using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Dispatch;
using Trigger.Kernel.Util;

namespace Trigger.Lab.TestKit;

/// <summary>
/// A reference that lets a test look inside: its actor runs on the thread that tells it, is made before the constructor here returns, and can be taken hold of.
/// What the actor makes in turn runs on the system's dispatcher, unless its props say otherwise.
/// </summary>
public abstract class TestActorRefBase<TActor> : IActorRef, IActorRefProxy
    where TActor : ActorBase
{
    private static readonly TimeSpan Birth = TimeSpan.FromSeconds(10);

    private readonly LocalActorRef self;
    private readonly bool isElsewhere;

    /// <param name="system">Where the actor shall live.</param>
    /// <param name="actorProps">How it is made. Props that name a dispatcher keep it.</param>
    /// <param name="supervisor">Its parent; null for the user's guardian.</param>
    /// <param name="name">Null for one that is free and begins with $$.</param>
    /// <exception cref="InvalidActorNameException">The parent has a child of that name.</exception>
    /// <exception cref="ArgumentException">The supervisor is no actor of this process, or the props are a router's.</exception>
    protected TestActorRefBase(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(actorProps);
        if (actorProps.RouterConfig is not null)
            throw new ArgumentException("A router has no actor of its own to look into.", nameof(actorProps));

        var parent = (supervisor ?? system.UserGuardian).AsInternal() as LocalActorRef ?? throw new ArgumentException($"{supervisor} cannot be a parent here.", nameof(supervisor));
        isElsewhere = actorProps.Dispatcher is not (Dispatchers.DefaultDispatcherId or CallingThreadDispatcher.Id);
        var dispatcher = isElsewhere ? null : CallingThreadDispatcher.In(system);
        self = parent.Cell.Children.Add(
            name ?? $"$${system.NextUid()}",
            unique => new LocalActorRef(system, actorProps, parent, parent.Path.Child(unique, system.NextUid()), dispatcher),
            parent.Path);
        self.SendSystem(new SystemMessage.Create());
    }

    public static bool operator ==(TestActorRefBase<TActor>? testActorRef, IActorRef? actorRef) => Equals(testActorRef, actorRef);

    public static bool operator !=(TestActorRefBase<TActor>? testActorRef, IActorRef? actorRef) => !Equals(testActorRef, actorRef);

    public static bool operator ==(IActorRef? actorRef, TestActorRefBase<TActor>? testActorRef) => Equals(testActorRef, actorRef);

    public static bool operator !=(IActorRef? actorRef, TestActorRefBase<TActor>? testActorRef) => !Equals(testActorRef, actorRef);

    public static bool operator <(TestActorRefBase<TActor> left, IActorRef right) => left.CompareTo(right) < 0;

    public static bool operator >(TestActorRefBase<TActor> left, IActorRef right) => left.CompareTo(right) > 0;

    public static bool operator <=(TestActorRefBase<TActor> left, IActorRef right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TestActorRefBase<TActor> left, IActorRef right) => left.CompareTo(right) >= 0;

    /// <summary>The reference as everybody else has it.</summary>
    public IActorRef Ref => self;

    public ActorPath Path => self.Path;

    IActorRef IActorRefProxy.Actor => self;

    /// <summary>The present instance; another one after a restart.</summary>
    /// <exception cref="IllegalActorStateException">There is none: the actor has ended, or could not be made.</exception>
    public TActor UnderlyingActor
    {
        get
        {
            // One that runs elsewhere is perhaps still being made. What it answers, it answers afterwards.
            if (isElsewhere && Cell.Actor is null)
                self.Ask<ActorIdentity>(new Identify(null), Birth).GetAwaiter().GetResult();
            return (TActor?)Cell.Actor ?? throw new IllegalActorStateException($"There is no actor behind {self}: it has ended, or could not be made.");
        }
    }

    private protected ActorCell Cell => self.Cell;

    /// <summary>Hands the message to the actor's present behaviour, past the mailbox. What it throws reaches the test and no supervisor.</summary>
    /// <param name="message">Received as it is: a <see cref="PoisonPill"/> too reaches the behaviour.</param>
    /// <param name="sender">Null for nobody.</param>
    public void Receive(object message, IActorRef? sender = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        _ = UnderlyingActor;
        Inside(() =>
        {
            var before = Cell.Current;
            Cell.Current = new Envelope(message, sender);
            try
            {
                Cell.Receive(message);
            }
            finally
            {
                // A handler that waits for something goes on with this message when it has it.
                if (!Cell.IsAwaiting)
                    Cell.Current = before;
            }
        });
    }

    /// <summary>The actor watches somebody.</summary>
    public void Watch(IActorRef subject) => Inside(() => Cell.Watch(subject));

    public void Unwatch(IActorRef subject) => Inside(() => Cell.Unwatch(subject));

    public void Tell(object message, IActorRef? sender) => self.Tell(message, sender);

    public ISurrogate ToSurrogate(ActorSystem system) => self.ToSurrogate(system);

    public bool Equals(IActorRef? other) => self.Equals(other);

    public override bool Equals(object? obj) => obj is IActorRef other && Equals(other);

    public override int GetHashCode() => self.GetHashCode();

    public int CompareTo(IActorRef? other) => self.CompareTo(other);

    public int CompareTo(object? obj) => self.CompareTo(obj);

    public override string ToString() => self.ToString();

    /// <summary>Does something as if in the actor's own turn.</summary>
    private protected void Inside(Action action)
    {
        var before = AmbientCell.Current;
        AmbientCell.Current = Cell;
        try
        {
            action();
        }
        finally
        {
            Cell.EndTurn();
            AmbientCell.Current = before;
        }
    }
}
