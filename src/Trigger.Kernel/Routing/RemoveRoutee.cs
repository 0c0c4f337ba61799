namespace Trigger.Kernel.Routing;

/// <summary>Takes a routee out. A child of the router is stopped, after what it was sent before.</summary>
public sealed class RemoveRoutee : RouterManagementMessage
{
    public RemoveRoutee(Routee routee) => Routee = routee;

    public Routee Routee { get; }
}
