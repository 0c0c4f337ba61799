using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Util;

namespace Trigger.Lab.TestKit;

/// <summary>A test actor with its own queue. It can be told, watched and stopped wherever a reference can, and supervises what it makes with ChildActorOf.</summary>
public sealed class TestProbe : TestKitBase, INoImplicitSender, IActorRef, IActorRefProxy
{
    internal TestProbe(ActorSystem system, ITestKitAssertions assertions, TestKitSettings settings, string name, SupervisorStrategy? strategy)
        : base(assertions, settings, system, name, strategy)
    {
    }

    public static bool operator ==(TestProbe? left, TestProbe? right) => Equals(left, right);

    public static bool operator !=(TestProbe? left, TestProbe? right) => !Equals(left, right);

    public static bool operator <(TestProbe left, TestProbe right) => left.CompareTo((IActorRef)right) < 0;

    public static bool operator >(TestProbe left, TestProbe right) => left.CompareTo((IActorRef)right) > 0;

    public static bool operator <=(TestProbe left, TestProbe right) => left.CompareTo((IActorRef)right) <= 0;

    public static bool operator >=(TestProbe left, TestProbe right) => left.CompareTo((IActorRef)right) >= 0;

    public IActorRef Ref => TestActor;

    /// <summary>Who sent the message taken last.</summary>
    public IActorRef Sender => LastSender;

    public ActorPath Path => Ref.Path;

    IActorRef IActorRefProxy.Actor => Ref;

    /// <summary>Sends as the probe.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, Ref);

    /// <summary>Answers the message taken last.</summary>
    public void Reply(object message) => Sender.Tell(message, Ref);

    /// <summary>Passes the message taken last on, with the sender it came from.</summary>
    public void Forward(IActorRef actor) => Forward(actor, LastMessage.Message ?? throw new InvalidOperationException("No message has been taken that could be forwarded."));

    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    public void Tell(object message, IActorRef? sender) => Ref.Tell(message, sender);

    public ISurrogate ToSurrogate(ActorSystem system) => Ref.ToSurrogate(system);

    public bool Equals(IActorRef? other) => Ref.Equals(other);

    public override bool Equals(object? obj) => obj is IActorRef other && Equals(other);

    public override int GetHashCode() => Ref.GetHashCode();

    public int CompareTo(IActorRef? other) => Ref.CompareTo(other);

    public int CompareTo(object? obj) => Ref.CompareTo(obj);

    public override string ToString() => Ref.ToString()!;
}
