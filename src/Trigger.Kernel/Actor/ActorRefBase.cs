using Trigger.Kernel.Util;

namespace Trigger.Kernel.Actor;

/// <summary>Equality and order of references: the path first, then the incarnation.</summary>
public abstract class ActorRefBase : IActorRef
{
    public abstract ActorPath Path { get; }

    public static bool operator ==(ActorRefBase? left, ActorRefBase? right) => Equals(left, right);

    public static bool operator !=(ActorRefBase? left, ActorRefBase? right) => !Equals(left, right);

    public static bool operator <(ActorRefBase left, ActorRefBase right) => left.CompareTo((IActorRef)right) < 0;

    public static bool operator >(ActorRefBase left, ActorRefBase right) => left.CompareTo((IActorRef)right) > 0;

    public static bool operator <=(ActorRefBase left, ActorRefBase right) => left.CompareTo((IActorRef)right) <= 0;

    public static bool operator >=(ActorRefBase left, ActorRefBase right) => left.CompareTo((IActorRef)right) >= 0;

    public void Tell(object message, IActorRef? sender)
    {
        if (message is null)
            throw new InvalidMessageException($"A null message was sent to {Path}.");

        TellInternal(message, sender);
    }

    public bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override bool Equals(object? obj) => obj is IActorRef other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Path.Uid, Path.Name);

    public int CompareTo(IActorRef? other)
    {
        if (other is null)
            return 1;

        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        IActorRef other => CompareTo(other),
        _ => throw new ArgumentException($"A reference cannot be compared with {obj.GetType()}.", nameof(obj)),
    };

    public virtual ISurrogate ToSurrogate(ActorSystem system) => new Surrogate(Path.ToSerializationFormat());

    public override string ToString() => $"[{Path.ToStringWithUid()}]";

    protected abstract void TellInternal(object message, IActorRef? sender);

    /// <summary>A reference as text.</summary>
    public class Surrogate : ISurrogate
    {
        public Surrogate(string path) => Path = path;

        public string Path { get; }

        /// <returns>Whoever lives at the path in the system; a reference that only makes dead letters when nobody does.</returns>
        public ISurrogated FromSurrogate(ActorSystem system) => system.Resolve(Path);
    }
}
