using Trigger.Kernel.Util;

namespace Trigger.Kernel.Actor;

/// <summary>The handle of one incarnation of an actor. It stays usable when the actor is gone: what it is told then becomes a dead letter.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable, ISurrogated
{
    ActorPath Path { get; }
}
