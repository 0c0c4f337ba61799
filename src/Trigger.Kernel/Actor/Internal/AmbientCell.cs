namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// What the kernel knows of the thread it is on. Akka.NET's <c>Context</c> is a static property, and an actor's constructor runs before the
/// actor can be handed anything; both need to know whose thread this is.
/// </summary>
internal static class AmbientCell
{
    [ThreadStatic]
    private static ActorCell? _current;

    [ThreadStatic]
    private static Lane? _lane;

    /// <summary>This thread's; made when it first runs a mailbox.</summary>
    internal static Lane? Lane
    {
        get => _lane;
        set => _lane = value;
    }

    internal static ActorCell? Current
    {
        get => _current;
        set => _current = value;
    }

    internal static ActorCell Required =>
        _current ?? throw new NotSupportedException("There is no active ActorContext: this code does not run inside an actor. Actors are created with ActorOf and Props.");
}
