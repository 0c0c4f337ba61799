namespace Trigger.Kernel.Actor;

/// <summary>Where the tree of a system begins.</summary>
public sealed class RootActorPath : ActorPath
{
    public RootActorPath(Address address, string name = "")
        : base(address, null, name, 0)
    {
    }
}
